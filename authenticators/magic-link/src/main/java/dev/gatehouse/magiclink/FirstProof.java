// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gatehouse.spi.mail.MailQueue;
import dev.gatehouse.spi.settings.RealmAttributes;
import dev.gatehouse.spi.time.ServerClock;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The first proof that an account's mail address belongs to whoever signs in. Anybody can register an address that is not
 * theirs, set a password and wait; so the first owner of the mailbox who comes takes away what was there before.
 *
 * <p>It happens when nothing is left that could keep its owner out. For an account without a second factor that is the
 * moment at which the mail is proved; required actions may follow, but they guard nothing. With one it is the end of the
 * whole sign-in: until then nothing of the account changes, its address is not verified either, and so Keycloak's own
 * action may ask to verify it once more.
 */
final class FirstProof {

    /** Event detail: that the event tells of a first proof. */
    static final String FIRST_PROOF = "gatehouse_first_proof";

    /** Event detail: what it took away, names separated by commas. */
    private static final String REMOVED = "gatehouse_removed";

    /** Whatever is none of these may be asked for after the mail. */
    private static final Set<String> FIRST_FACTORS = Set.of(
            PasswordCredentialModel.TYPE,
            PasswordCredentialModel.PASSWORD_HISTORY,
            WebAuthnCredentialModel.TYPE_PASSWORDLESS);

    private FirstProof() {}

    /** Whether {@code realm} guards first proofs and nobody has proved yet that the address of {@code user} is theirs. */
    static boolean isMarked(RealmModel realm, UserModel user) {
        return RealmAttributes.isOn(realm, FirstProofSettings.SWITCH) && Unproven.is(user);
    }

    /**
     * Begins the first proof of {@code user}; false if there is nothing to prove. If true, it is decided here and in the
     * listener when the address counts as verified, and the caller leaves it and VERIFY_EMAIL alone.
     */
    static boolean begin(AuthenticationFlowContext context, UserModel user) {
        return begin(context, user, ServerClock.get());
    }

    static boolean begin(AuthenticationFlowContext context, UserModel user, InstantSource clock) {
        FirstProofTab tab = new FirstProofTab(context.getAuthenticationSession());
        Instant now = clock.instant();
        if (!isMarked(context.getRealm(), user) && !isMeantByAll(context.getRealm(), user)) {
            tab.provedMail(user, now);
            return false;
        }
        if (user.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getType)
                .allMatch(FIRST_FACTORS::contains)) {
            happen(context.getSession(), context.getRealm(), user, context.getAuthenticationSession(), null, now);
        } else {
            tab.await(user, now);
        }
        return true;
    }

    private static boolean isMeantByAll(RealmModel realm, UserModel user) {
        return RealmAttributes.isOn(realm, FirstProofSettings.SWITCH)
                && RealmAttributes.isOn(realm, FirstProofSettings.ALL_UNVERIFIED)
                && Unproven.isOpen(user);
    }

    /**
     * The proof is complete.
     *
     * @param login the tab that the user signs in with
     * @param signedIn what came of it; null if it still goes on
     */
    static void happen(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            AuthenticationSessionModel login,
            @Nullable UserSessionModel signedIn,
            Instant now) {
        FirstProofTab tab = new FirstProofTab(login);
        List<FirstProofRemoval.Kind> removed = new FirstProofRemoval(session, realm, user).removeAllBut(tab);
        user.setEmailVerified(true);
        user.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        login.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        Unproven.proved(user, now);
        tab.proved(user, signedIn);
        tell(session, realm, user, login, signedIn, removed);
        if (!removed.isEmpty()) {
            session.getProvider(MailQueue.class)
                    .afterCommit(new FirstProofMail(
                            realm.getId(), user.getId(), Accounts.hashOf(user.getEmail()), removed, now));
        }
    }

    private static void tell(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            AuthenticationSessionModel login,
            @Nullable UserSessionModel signedIn,
            List<FirstProofRemoval.Kind> removed) {
        EventBuilder event = new EventBuilder(
                        realm, session, session.getContext().getConnection())
                .event(EventType.VERIFY_EMAIL)
                .client(login.getClient())
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.CODE_ID, login.getParentSession().getId())
                .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .detail(FIRST_PROOF, "true")
                .detail(
                        REMOVED,
                        removed.stream().map(FirstProofRemoval.Kind::code).collect(Collectors.joining(",")));
        if (signedIn != null) {
            event.session(signedIn);
        }
        event.success();
    }
}
