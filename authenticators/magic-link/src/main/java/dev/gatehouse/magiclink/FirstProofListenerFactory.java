// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import dev.gatehouse.spi.time.ServerClock;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Marks accounts that register themselves and completes their first proof, in realms that switch it on. It hears every
 * realm and must not be named among a realm's own listeners.
 */
public final class FirstProofListenerFactory implements EventListenerProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-first-proof";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new FirstProofListener(session, ServerClock.get());
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope scope) {
        // It has no options of its own: the switch is the realm's.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // It needs nothing of the others.
    }

    @Override
    public void close() {
        // It holds nothing.
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }
}
