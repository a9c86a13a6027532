// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.event;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * A listener that hears every realm and acts in those that switch it on by an attribute. It must not be named among a
 * realm's own listeners.
 */
public abstract class GlobalListenerFactory implements EventListenerProviderFactory {

    private final String id;

    protected GlobalListenerFactory(String id) {
        this.id = id;
    }

    @Override
    public final boolean isGlobal() {
        return true;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final void init(Config.Scope scope) {
        // It has no options of its own: the switch is the realm's.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // It needs nothing of the others.
    }

    @Override
    public final void close() {
        // It holds nothing.
    }
}
