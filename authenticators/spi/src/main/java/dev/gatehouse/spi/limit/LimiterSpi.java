// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The place of the limiter among Keycloak's kinds of providers. */
public final class LimiterSpi implements Spi {

    public static final String NAME = "gatehouse-limiter";

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
        return Limiter.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // The interface asks for the raw type.
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return LimiterFactory.class;
    }
}
