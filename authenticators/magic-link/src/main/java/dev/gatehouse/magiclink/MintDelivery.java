// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailJob;
import dev.gatehouse.spi.mail.RealmTransactions;
import dev.gatehouse.spi.mail.Sending;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Mails a minted link to the address that the account had when it was minted. The link is valid without the mail, too. */
final class MintDelivery implements MailJob, Sending {

    private static final String MAIL = "gatehouse-magic-link-minted.ftl";
    private static final String SUBJECT = "gatehouseMagicLinkMailSubject";

    private final String realmId;
    private final MintedLink link;
    private final URI address;
    private final Duration lifespan;

    MintDelivery(String realmId, MintedLink link, URI address, Duration lifespan) {
        this.realmId = realmId;
        this.link = link;
        this.address = address;
        this.lifespan = lifespan;
    }

    @Override
    public String realmId() {
        return realmId;
    }

    @Override
    public String lane() {
        return realmId + " " + link.userId();
    }

    @Override
    public Optional<Sending> prepare(RealmTransactions transactions) {
        // The record is there already: the request that wrote it is committed.
        return Optional.of(this);
    }

    @Override
    public void refused(RealmTransactions transactions, String reason) {
        gaveUp(transactions, reason);
    }

    @Override
    public Instant until() {
        return link.expiresAt();
    }

    @Override
    public void send(RealmTransactions transactions) throws MailFailure {
        Optional<Optional<EmailException>> failure = transactions.call(this::mail);
        @Nullable EmailException cause = failure.flatMap(it -> it).orElse(null);
        if (cause != null) {
            throw MailFailure.of("a minted link could not be mailed", cause);
        }
    }

    private Optional<EmailException> mail(KeycloakSession session, RealmModel realm) {
        @Nullable UserModel user = session.users().getUserById(realm, link.userId());
        @Nullable ClientModel client = realm.getClientByClientId(link.clientId());
        if (user == null
                || client == null
                || user.getEmail() == null
                || !Accounts.hashOf(user.getEmail()).equals(link.addressHash())) {
            tell(session, realm, "address_changed");
            return Optional.empty();
        }
        try {
            // In the language of the account: nobody is here whose browser could say another.
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user)
                    .send(SUBJECT, List.of(Names.of(realm)), MAIL, attributes(client));
        } catch (EmailException e) {
            return Optional.of(e);
        }
        tell(session, realm, null);
        return Optional.empty();
    }

    private Map<String, Object> attributes(ClientModel client) {
        // Keycloak adds its own.
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("gatehouseClient", ClientNames.of(client));
        attributes.put("gatehouseLink", address.toString());
        attributes.put("gatehouseMinutes", Math.max(1, lifespan.toMinutes()));
        return attributes;
    }

    @Override
    public void gaveUp(RealmTransactions transactions, String reason) {
        transactions.call((session, realm) -> {
            tell(session, realm, reason);
            return true;
        });
    }

    private void tell(KeycloakSession session, RealmModel realm, @Nullable String reason) {
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.SEND_VERIFY_EMAIL)
                .client(link.clientId())
                .user(link.userId())
                .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .detail(SendEvents.CHANNEL, ChannelKind.MAIL.code())
                .detail(SendEvents.WAY, SignIn.Way.MINTED.code());
        if (reason == null) {
            event.success();
            LinkMetrics.sent(ChannelKind.MAIL);
        } else {
            event.detail(SendEvents.REASON, reason).error(SendEvents.NOT_SENT);
            LinkMetrics.notSent(reason);
        }
    }
}
