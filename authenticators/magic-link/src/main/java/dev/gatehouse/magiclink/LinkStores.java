// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.time.InstantSource;

import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.spi.singleuse.KeycloakSingleUseStore;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/** The links of the realm that a session works in. */
final class LinkStores {

    private LinkStores() {}

    static MagicLinks of(KeycloakSession session) {
        return new MagicLinks(
                new KeycloakSingleUseStore(
                        session.singleUseObjects(), session.getContext().getRealm()),
                clock());
    }

    /** Keycloak's own clock: it is the one that its caches and sessions are measured with. */
    static InstantSource clock() {
        return () -> Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
