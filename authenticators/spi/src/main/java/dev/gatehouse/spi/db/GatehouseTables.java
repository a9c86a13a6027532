// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.db;

import java.util.List;

import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/** Tells Keycloak of the tables. */
final class GatehouseTables implements JpaEntityProvider {

    static final String CHANGE_LOG = "META-INF/gatehouse-changelog.xml";
    static final List<Class<?>> ENTITIES = List.of(UsedKey.class, KeyReport.class, FailedCodes.class);

    @Override
    public List<Class<?>> getEntities() {
        return ENTITIES;
    }

    @Override
    public String getChangelogLocation() {
        return CHANGE_LOG;
    }

    @Override
    public String getFactoryId() {
        return GatehouseTablesFactory.PROVIDER_ID;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
