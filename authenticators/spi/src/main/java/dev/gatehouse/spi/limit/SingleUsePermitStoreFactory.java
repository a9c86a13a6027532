// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.security.SecureRandom;

import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.spi.time.ServerClock;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;

/** Counts in Keycloak's single-use objects. It has no options. */
public final class SingleUsePermitStoreFactory implements PermitStoreFactory {

    public static final String PROVIDER_ID = "gatehouse-single-use";

    @Override
    public PermitStore open(KeycloakSessionFactory factory) {
        return new SingleUsePermitStore(factory, ServerClock.get(), new SecureRandom());
    }

    @Override
    public void init(Config.Scope scope) {
        // It has no options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Opened by the limiter, if this store was chosen.
    }

    @Override
    public void close() {
        // The objects are Keycloak's.
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }
}
