// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.db;

import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The only one of its kind in the pack: Keycloak keeps one log of changes for each id. */
public final class GatehouseTablesFactory implements JpaEntityProviderFactory {

    /** Keycloak names the log of changes after its first ten letters. */
    public static final String PROVIDER_ID = "gatehouse";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new GatehouseTables();
    }

    @Override
    public void init(Config.Scope scope) {
        // There is nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Keycloak makes the tables itself.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }
}
