// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The place of the stores of permits among Keycloak's kinds of providers. */
public final class PermitStoreSpi implements Spi {

    public static final String NAME = "gatehouse-permit-store";

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return PermitStoreProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // The interface asks for the raw type.
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return PermitStoreFactory.class;
    }
}
