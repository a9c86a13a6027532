// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.hostname.FixedHostname;
import dev.gatehouse.spi.mail.MailQueue;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Turns a request for a link into an order for the mail queue. One lives as long as the server. */
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

    /** Whether links can be built that lead to this server and nowhere else. */
    boolean canSend(KeycloakSession session) {
        return hostname.baseUri(session).isPresent();
    }

    void order(
            AuthenticationFlowContext context,
            MagicLinkSettings settings,
            @Nullable UserModel known,
            String address,
            Tab place,
            Secret token,
            String nonceHash,
            Instant expires,
            Duration lifetime) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        ClientModel client = context.getAuthenticationSession().getClient();
        Optional<URI> base = hostname.baseUri(session);
        LinkOrder order = new LinkOrder(
                realm.getId(),
                address,
                known == null ? null : known.getId(),
                place,
                client.getClientId(),
                ClientNames.of(client),
                AuthenticationProcessor.getClientData(session, context.getAuthenticationSession()),
                token,
                nonceHash,
                expires,
                lifetime,
                link(base.orElseThrow(), realm, token),
                session.getContext().resolveLocale(known).toLanguageTag(),
                context.getConnection().getRemoteHost());
        session.getProvider(MailQueue.class).afterCommit(new LinkDelivery(order, settings, links));
    }

    private static URI link(URI base, RealmModel realm, Secret token) {
        return UriBuilder.fromUri(base)
                .path("realms")
                .path(realm.getName())
                .path(MagicLinkResourceProviderFactory.PROVIDER_ID)
                .path(MagicLinkResource.OPEN)
                .queryParam(MagicLinkResource.TOKEN_PARAM, token.reveal())
                .build();
    }
}
