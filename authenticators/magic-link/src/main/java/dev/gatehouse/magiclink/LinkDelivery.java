// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailJob;
import dev.gatehouse.spi.mail.RealmTransactions;
import dev.gatehouse.spi.mail.Sending;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Carries out an order: looks the address up, keeps the link's record, and sends the message.
 *
 * <p>A record is written for every order, and it is committed before the message leaves. For an address that must not
 * sign in the record is not redeemable, and neither its token nor its code is ever shown to anybody.
 */
final class LinkDelivery implements MailJob {

    /** What came of looking the address up: what is sent, if anything, and to whom, if there is an account. */
    private record Outcome(
            Letter.@Nullable Kind kind, @Nullable String userId) {}

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
                + Optional.ofNullable(order.target().userId())
                        .orElseGet(() -> Accounts.hashOf(order.target().typed()));
    }

    @Override
    public Optional<Sending> prepare(RealmTransactions transactions) {
        return transactions
                .call(this::keep)
                .filter(outcome -> outcome.kind() != null)
                .map(Message::new);
    }

    @Override
    public void refused(RealmTransactions transactions, String reason) {
        notSent(transactions, reason, null);
    }

    private Outcome keep(KeycloakSession session, RealmModel realm) {
        Accounts accounts = new Accounts(session, realm, settings);
        Optional<UserModel> user = accounts.meant(order.target());
        Optional<Refusal> refusal =
                order.mayBeSent() ? accounts.refusal(user.orElse(null)) : Optional.of(Refusal.RATE_LIMITED);
        boolean creates = refusal.filter(Refusal.UNKNOWN_ADDRESS::equals).isPresent() && mayCreate(session, realm);
        boolean redeemable = refusal.isEmpty() || creates;
        String address =
                accounts.addressOf(user.orElse(null)).orElse(order.target().typed());
        links.apply(session)
                .issue(
                        order.proof().token().hash(),
                        new Link(
                                order.place(),
                                order.app().id(),
                                order.app().data(),
                                refusal.isEmpty() ? user.map(UserModel::getId).orElse(null) : null,
                                Accounts.hashOf(address),
                                order.proof().nonceHash(),
                                order.proof().codeHash(),
                                order.proof().expires(),
                                redeemable));
        @Nullable String userId = user.map(UserModel::getId).orElse(null);
        if (!redeemable) {
            SendEvents.of(session, realm, order, settings.channel())
                    .notSent(refusal.orElseThrow().code(), userId);
        }
        if (creates) {
            return new Outcome(Letter.Kind.CREATE, null);
        }
        if (refusal.isEmpty()) {
            return new Outcome(Letter.Kind.SIGN_IN, userId);
        }
        return new Outcome(refusal.get() == Refusal.UNVERIFIED ? Letter.Kind.UNVERIFIED : null, userId);
    }

    /** Only for what was typed as an address: a name is no place to send anything to. */
    private boolean mayCreate(KeycloakSession session, RealmModel realm) {
        return settings.creates(realm)
                && order.target().userId() == null
                && !order.target().isName()
                && new NewAccounts(session, realm).mayBeCreated(order.target().typed());
    }

    private void notSent(RealmTransactions transactions, String reason, @Nullable String userId) {
        transactions.call((session, realm) -> {
            SendEvents.of(session, realm, order, settings.channel()).notSent(reason, userId);
            return true;
        });
    }

    /** The message that an order comes to. */
    private final class Message implements Sending {

        private final Outcome outcome;

        Message(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void send(RealmTransactions transactions) throws MailFailure {
            Optional<Optional<MailFailure>> tried = transactions.call((session, realm) -> deliver(session, realm));
            Optional<MailFailure> failure = tried.flatMap(Function.identity());
            if (failure.isPresent()) {
                throw failure.get();
            }
        }

        /** The failure as a value: what a transaction's work throws would be wrapped on its way. */
        private Optional<MailFailure> deliver(KeycloakSession session, RealmModel realm) {
            Accounts accounts = new Accounts(session, realm, settings);
            Optional<UserModel> user = Optional.ofNullable(outcome.userId()).flatMap(accounts::byId);
            Letter.Kind kind = Objects.requireNonNull(outcome.kind());
            Optional<String> address = kind == Letter.Kind.CREATE
                    ? Optional.of(order.target().typed())
                    : accounts.addressOf(user.orElse(null));
            if (address.isEmpty()) {
                // Gone since it was looked up.
                return Optional.empty();
            }
            try {
                accounts.channel().deliver(new Letter(kind, order, user.orElse(null), address.get()));
            } catch (MailFailure e) {
                return Optional.of(e);
            }
            if (kind != Letter.Kind.UNVERIFIED) {
                SendEvents.of(session, realm, order, settings.channel()).sent(outcome.userId());
            }
            return Optional.empty();
        }

        @Override
        public void gaveUp(RealmTransactions transactions, String reason) {
            // A refused address has its event already: each time a link is asked for there is one.
            if (outcome.kind() != Letter.Kind.UNVERIFIED) {
                notSent(transactions, reason, outcome.userId());
            }
        }

        /** A link that is dead on arrival would only puzzle. How to verify an address is good to know at any time. */
        @Override
        public Instant until() {
            return outcome.kind() == Letter.Kind.UNVERIFIED
                    ? Instant.MAX
                    : order.proof().expires();
        }
    }
}
