// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a request knows when somebody asks for a link. It holds nothing that depends on whether an account
 * exists: that is looked up later, elsewhere, so that no answer and no time of the request can tell.
 *
 * @param address the address as typed, normalized
 * @param userId the account, where the flow knew it already
 * @param place where the sign-in waits
 * @param link the address that is mailed, with the token in it
 * @param languageTag the language of the page that asked
 * @param clientAddress who asked, for the event
 * @param mayBeSent false if the address got too many mails already: everything is as always but for the mail
 */
record LinkOrder(
        String realmId,
        String address,
        @Nullable String userId,
        Tab place,
        String clientId,
        String clientName,
        String clientData,
        Secret token,
        String nonceHash,
        Instant expires,
        Duration lifetime,
        URI link,
        String languageTag,
        String clientAddress,
        boolean mayBeSent) {

    @Override
    public String toString() {
        // The generated text would hold the link.
        return "LinkOrder[realm " + realmId + ", client " + clientId + "]";
    }
}
