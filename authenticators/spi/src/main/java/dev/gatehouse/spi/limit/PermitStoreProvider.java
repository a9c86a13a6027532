// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import dev.gatehouse.core.limit.PermitStore;
import org.keycloak.provider.Provider;

/** A store of permits as Keycloak sees it: the same store for every request. */
public interface PermitStoreProvider extends Provider {

    PermitStore store();

    @Override
    default void close() {}
}
