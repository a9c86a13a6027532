// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.probe;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Puts the probe at {@code /realms/{realm}/gatehouse-probe}. */
public final class PermitProbeFactory implements RealmResourceProviderFactory {

    public static final String ID = "gatehouse-probe";

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new PermitProbeResource(session.getKeycloakSessionFactory());
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Override
    public void init(Config.Scope config) {
        // It has no options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing is started.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String getId() {
        return ID;
    }
}
