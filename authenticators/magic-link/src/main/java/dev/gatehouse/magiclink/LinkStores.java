// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.spi.singleuse.KeycloakSingleUseStore;
import dev.gatehouse.spi.time.ServerClock;
import org.keycloak.models.KeycloakSession;

/** The links of the realm that a session works in. */
final class LinkStores {

    private LinkStores() {}

    static MagicLinks of(KeycloakSession session) {
        return new MagicLinks(
                new KeycloakSingleUseStore(
                        session.singleUseObjects(), session.getContext().getRealm()),
                ServerClock.get());
    }
}
