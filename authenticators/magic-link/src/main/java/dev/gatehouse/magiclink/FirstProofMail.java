// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailJob;
import dev.gatehouse.spi.mail.RealmTransactions;
import dev.gatehouse.spi.mail.Sending;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Tells the owner of an account, in the account's language, what its first proof took away.
 *
 * @param addressHash of the address that was proved; the mails to one mailbox wait in one lane
 */
record FirstProofMail(
        String realmId, String userId, String addressHash, List<FirstProofRemoval.Kind> removed, Instant at)
        implements MailJob, Sending {

    /** Who reads it later than this has found out already. */
    private static final Duration OF_USE = Duration.ofDays(1);

    private static final String SUBJECT = "gatehouseFirstProofMailSubject";
    private static final String TEMPLATE = "gatehouse-first-proof.ftl";

    @Override
    public String lane() {
        return realmId + " " + addressHash;
    }

    @Override
    public Optional<Sending> prepare(RealmTransactions transactions) {
        return Optional.of(this);
    }

    @Override
    public void refused(RealmTransactions transactions, String reason) {
        notSent(transactions, reason);
    }

    @Override
    public void send(RealmTransactions transactions) throws MailFailure {
        Optional<MailFailure> failure = transactions.call(this::deliver).flatMap(Function.identity());
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** The failure as a value: what a transaction's work throws would be wrapped on its way. */
    private Optional<MailFailure> deliver(KeycloakSession session, RealmModel realm) {
        Optional<UserModel> user = Optional.ofNullable(session.users().getUserById(realm, userId))
                .filter(owner -> owner.getEmail() != null
                        && Accounts.hashOf(owner.getEmail()).equals(addressHash));
        if (user.isEmpty()) {
            return Optional.empty();
        }
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user.get())
                    .send(
                            SUBJECT,
                            List.of(Names.of(realm)),
                            TEMPLATE,
                            attributes(session.getContext().resolveLocale(user.get())));
        } catch (EmailException e) {
            return Optional.of(MailFailure.of("the mail about a first proof could not be sent", e));
        }
        return Optional.empty();
    }

    private Map<String, Object> attributes(Locale language) {
        // Keycloak adds its own.
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(
                "gatehouseRemoved",
                removed.stream().map(FirstProofRemoval.Kind::code).toList());
        attributes.put("gatehouseTime", MailTimes.of(at, language));
        return attributes;
    }

    @Override
    public void gaveUp(RealmTransactions transactions, String reason) {
        notSent(transactions, reason);
    }

    @Override
    public Instant until() {
        return at.plus(OF_USE);
    }

    private void notSent(RealmTransactions transactions, String reason) {
        transactions.call((session, realm) -> {
            new EventBuilder(realm, session)
                    .event(EventType.SEND_VERIFY_EMAIL)
                    .user(userId)
                    .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                    .detail(FirstProof.FIRST_PROOF, "true")
                    .detail(SendEvents.REASON, reason)
                    .error(SendEvents.NOT_SENT);
            return true;
        });
    }
}
