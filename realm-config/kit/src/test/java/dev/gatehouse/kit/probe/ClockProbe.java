// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.probe;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.keycloak.Config;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * Moves the clock of a server, at {@code /realms/{realm}/gatehouse-clock}. What Keycloak and the pack measure passes at
 * once; what caches and databases measure themselves does not.
 */
public final class ClockProbe implements RealmResourceProviderFactory, RealmResourceProvider {

    public static final String ID = "gatehouse-clock";

    /** Puts the clock as many seconds before the machine's. */
    @POST
    @Path("{seconds}")
    public void ahead(@PathParam("seconds") int seconds) {
        Time.setOffset(seconds);
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public Object getResource() {
        return this;
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
