// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import dev.gatehouse.spi.pack.OwnSpi;

/** The place of the stores of permits among Keycloak's kinds of providers. */
public final class PermitStoreSpi extends OwnSpi {

    public static final String NAME = "gatehouse-permit-store";

    /** Keycloak makes it. */
    public PermitStoreSpi() {
        super(NAME, PermitStoreProvider.class, PermitStoreFactory.class);
    }
}
