// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import org.keycloak.provider.Provider;

/** The pack as a provider: it has nothing to offer to a request. */
public interface Pack extends Provider {

    @Override
    default void close() {}
}
