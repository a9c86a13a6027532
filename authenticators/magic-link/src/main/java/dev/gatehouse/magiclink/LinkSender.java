// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.secret.NumericCode;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.hostname.FixedHostname;
import dev.gatehouse.spi.mail.MailQueue;
import org.keycloak.models.KeycloakSession;

/** What all requests for links share: the source of their secrets, and the way to the mail queue. */
final class LinkSender {

    private final FixedHostname hostname = new FixedHostname();
    private final SecureRandom random = new SecureRandom();
    private final Function<KeycloakSession, MagicLinks> links;

    LinkSender(Function<KeycloakSession, MagicLinks> links) {
        this.links = links;
    }

    Secret secret() {
        return Secret.random(random);
    }

    NumericCode code(int digits) {
        return NumericCode.random(random, digits);
    }

    /** The base of links that lead to this server and nowhere else; empty where a request could have chosen it. */
    Optional<URI> base(KeycloakSession session) {
        return hostname.baseUri(session);
    }

    /** Hands an order on; it is carried out once the request's transaction is committed. */
    void hand(KeycloakSession session, LinkOrder order, MagicLinkSettings settings) {
        session.getProvider(MailQueue.class).afterCommit(new LinkDelivery(order, settings, links));
    }
}
