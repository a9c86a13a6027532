// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import org.keycloak.provider.ProviderFactory;

/** Makes the limiter. */
public interface LimiterFactory extends ProviderFactory<Limiter> {}
