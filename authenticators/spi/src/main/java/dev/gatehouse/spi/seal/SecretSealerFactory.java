// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import org.keycloak.provider.ProviderFactory;

/** Makes the sealer of a request. */
public interface SecretSealerFactory extends ProviderFactory<SecretSealer> {}
