// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link Pack}. */
public interface PackFactory extends ProviderFactory<Pack> {}
