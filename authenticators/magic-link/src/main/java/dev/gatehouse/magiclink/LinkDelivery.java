// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailJob;
import dev.gatehouse.spi.mail.RealmTransactions;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Carries out an order: looks the address up, keeps the link's record, and mails.
 *
 * <p>A record is written for every order, and it is committed before the mail leaves. For an address that must not
 * sign in the record is not redeemable, and its token is never shown to anybody.
 */
final class LinkDelivery implements MailJob {

    private static final String LINK_MAIL = "gatehouse-magic-link.ftl";
    private static final String LINK_SUBJECT = "gatehouseMagicLinkMailSubject";
    private static final String UNVERIFIED_MAIL = "gatehouse-magic-link-unverified.ftl";
    private static final String UNVERIFIED_SUBJECT = "gatehouseMagicLinkUnverifiedMailSubject";

    /** What came of looking the address up. */
    private record Outcome(
            @Nullable String userId, @Nullable Refusal refusal) {}

    private final LinkOrder order;
    private final MagicLinkSettings settings;
    private final Function<KeycloakSession, MagicLinks> links;

    LinkDelivery(LinkOrder order, MagicLinkSettings settings, Function<KeycloakSession, MagicLinks> links) {
        this.order = order;
        this.settings = settings;
        this.links = links;
    }

    @Override
    public String realmId() {
        return order.realmId();
    }

    @Override
    public String lane() {
        return order.realmId() + " "
                + Optional.ofNullable(order.userId()).orElseGet(() -> Accounts.hashOf(order.address()));
    }

    @Override
    public void run(RealmTransactions transactions) throws MailFailure {
        Optional<Outcome> outcome = transactions.call(this::keep);
        if (outcome.isEmpty() || outcome.get().userId() == null) {
            return;
        }
        Optional<Optional<EmailException>> failure =
                transactions.call((session, realm) -> mail(session, realm, outcome.get()));
        Optional<EmailException> cause = failure.flatMap(Function.identity());
        if (cause.isPresent()) {
            if (outcome.get().refusal() == null) {
                // A refused address has its event already: each time a link is asked for there is one.
                transactions.call((session, realm) -> {
                    SendEvents.of(session, realm, order)
                            .notSent("mail_failed", outcome.get().userId());
                    return true;
                });
            }
            throw new MailFailure("a sign-in mail could not be sent", cause.get());
        }
    }

    @Override
    public void refused(RealmTransactions transactions) {
        transactions.call((session, realm) -> {
            SendEvents.of(session, realm, order).notSent("mail_queue_full", null);
            return true;
        });
    }

    private Outcome keep(KeycloakSession session, RealmModel realm) {
        Accounts accounts = new Accounts(session, realm, settings);
        Optional<UserModel> user = Optional.ofNullable(order.userId())
                .map(accounts::byId)
                .orElseGet(() -> accounts.byAddress(order.address()));
        Optional<Refusal> refusal =
                order.mayBeSent() ? accounts.refusal(user.orElse(null)) : Optional.of(Refusal.RATE_LIMITED);
        String address = user.map(UserModel::getEmail).orElse(order.address());
        links.apply(session)
                .issue(
                        order.token().hash(),
                        new Link(
                                order.place(),
                                order.clientId(),
                                order.clientData(),
                                refusal.isEmpty() ? user.orElseThrow().getId() : null,
                                Accounts.hashOf(address),
                                order.nonceHash(),
                                order.expires(),
                                refusal.isEmpty()));
        @Nullable String userId = user.map(UserModel::getId).orElse(null);
        refusal.ifPresent(reason -> SendEvents.of(session, realm, order).notSent(reason.code(), userId));
        boolean mails = refusal.isEmpty() || refusal.get() == Refusal.UNVERIFIED;
        return new Outcome(mails ? userId : null, refusal.orElse(null));
    }

    private Optional<EmailException> mail(KeycloakSession session, RealmModel realm, Outcome outcome) {
        Optional<UserModel> user =
                Optional.ofNullable(outcome.userId()).map(id -> session.users().getUserById(realm, id));
        if (user.isEmpty()) {
            return Optional.empty();
        }
        boolean unverified = outcome.refusal() == Refusal.UNVERIFIED;
        if (!unverified && links.apply(session).isOver(order.expires())) {
            // The queue was slow. A link that is dead on arrival would only puzzle.
            SendEvents.of(session, realm, order).notSent("mail_too_late", outcome.userId());
            return Optional.empty();
        }
        session.setAttribute(LocaleSelectorProvider.USER_REQUEST_LOCALE, order.languageTag());
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user.get())
                    .send(
                            unverified ? UNVERIFIED_SUBJECT : LINK_SUBJECT,
                            List.of(displayName(realm)),
                            unverified ? UNVERIFIED_MAIL : LINK_MAIL,
                            attributes(user.get(), unverified));
        } catch (EmailException e) {
            return Optional.of(e);
        }
        if (!unverified) {
            SendEvents.of(session, realm, order).sent(user.get().getId());
        }
        return Optional.empty();
    }

    private Map<String, Object> attributes(UserModel user, boolean unverified) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("gatehouseClient", order.clientName());
        attributes.put("gatehouseAddress", user.getEmail());
        if (!unverified) {
            attributes.put("gatehouseLink", order.link().toString());
            attributes.put("gatehouseMinutes", Math.max(1, order.lifetime().toMinutes()));
        }
        return attributes;
    }

    private static String displayName(RealmModel realm) {
        String name = realm.getDisplayName();
        return name == null || name.isBlank() ? realm.getName() : name;
    }
}
