// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.NumericCode;
import dev.gatehouse.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a request knows when somebody asks for a link. It holds nothing that depends on whether an account
 * exists: that is looked up later, elsewhere, so that no answer and no time of the request can tell.
 *
 * @param target whom the person means
 * @param place where the sign-in waits
 * @param app what the person signs in to
 * @param proof what the message brings
 * @param asker who asked
 * @param mayBeSent false if the address got too many messages already: everything is as always but for the message
 */
record LinkOrder(String realmId, Target target, Tab place, App app, Proof proof, Asker asker, boolean mayBeSent) {

    /**
     * Whom somebody means.
     *
     * @param typed what was typed, as its {@linkplain Channel#parse channel} understands it
     * @param isName whether it was asked for as a name, by an earlier step
     * @param userId the account, where the flow knew it already
     */
    record Target(String typed, boolean isName, @Nullable String userId) {}

    /**
     * What the person signs in to.
     *
     * @param id the client's id
     * @param name what people call it
     * @param data what is needed to tell it how a dead sign-in ended
     * @param broker the broker whose account the sign-in links for good; null if it links none
     */
    record App(
            String id, String name, String data, @Nullable String broker) {}

    /**
     * What the message brings, and what is kept of it.
     *
     * @param link the address that is mailed, with the token in it
     */
    record Proof(
            Secret token,
            NumericCode code,
            String codeHash,
            String nonceHash,
            Instant expires,
            Duration lifetime,
            URI link) {}

    /**
     * Who asked, for the message and the audit event.
     *
     * @param address the client's address
     * @param device what the browser says that it is
     * @param languageTag the language of the page
     */
    record Asker(String address, String device, Instant at, String languageTag) {}

    @Override
    public String toString() {
        // The generated text would hold the link.
        return "LinkOrder[realm " + realmId + ", client " + app.id() + "]";
    }
}
