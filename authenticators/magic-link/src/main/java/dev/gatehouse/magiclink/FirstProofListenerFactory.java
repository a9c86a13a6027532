// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import dev.gatehouse.spi.event.GlobalListenerFactory;
import dev.gatehouse.spi.time.ServerClock;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Marks accounts that register themselves and completes their first proof, in realms that switch it on. */
public final class FirstProofListenerFactory extends GlobalListenerFactory {

    public static final String PROVIDER_ID = "gatehouse-first-proof";

    /** Keycloak makes it. */
    public FirstProofListenerFactory() {
        super(PROVIDER_ID);
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new FirstProofListener(session, ServerClock.get());
    }
}
