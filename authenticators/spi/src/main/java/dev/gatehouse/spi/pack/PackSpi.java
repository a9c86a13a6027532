// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Gives the pack a place in the server's start, before any realm is imported. */
public final class PackSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "gatehouse";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Pack.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // The interface asks for the raw type.
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return PackFactory.class;
    }
}
