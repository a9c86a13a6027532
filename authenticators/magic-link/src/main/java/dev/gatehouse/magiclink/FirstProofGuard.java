// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keeps sign-ins that began before an account's first proof from ending after it. Somebody could have passed the password
 * page in time and wait at an action, such as the one that waits for the address to be verified.
 *
 * <p>Keycloak keeps times of steps in whole seconds, so a sign-in that began within the very second of the proof is kept
 * out as well, unless its own mail was proved after that. Not promised: that a sign-in by a broker whose link was taken
 * away is kept out once the account has a link to the same broker again.
 */
final class FirstProofGuard {

    private final KeycloakSession session;
    private final RealmModel realm;

    FirstProofGuard(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Whether what {@code login} rests on was taken away by the first proof of {@code user}. */
    boolean isOutdated(AuthenticationSessionModel login, UserModel user) {
        Optional<Instant> proved = Unproven.provedAt(user);
        FirstProofTab tab = new FirstProofTab(login);
        if (proved.isEmpty()
                || tab.isOfTheProof(user)
                || tab.awaits(user)
                || tab.provedMailSince(user, proved.get())
                || goesOnWithTheProof(tab, user)) {
            return false;
        }
        return hasStepsUntil(proved.get(), login) || restsOnALinkThatIsGone(login, user);
    }

    /** A browser that is signed in since the proof: what Keycloak remembers of its steps goes back to before it. */
    private boolean goesOnWithTheProof(FirstProofTab tab, UserModel user) {
        @Nullable UserSessionModel signedIn = session.sessions().getUserSession(realm, tab.sessionId());
        return signedIn != null && FirstProofTab.isOfTheProof(signedIn, user);
    }

    private static boolean hasStepsUntil(Instant proved, AuthenticationSessionModel login) {
        return AuthenticatorUtils.parseCompletedExecutions(
                        login.getUserSessionNotes().get(Constants.AUTHENTICATORS_COMPLETED))
                .values()
                .stream()
                .anyMatch(second -> second <= proved.getEpochSecond());
    }

    /** What a broker did is no step of a flow, so nothing tells when it was. */
    private boolean restsOnALinkThatIsGone(AuthenticationSessionModel login, UserModel user) {
        @Nullable String alias = login.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
        return alias != null && session.users().getFederatedIdentity(realm, user, alias) == null;
    }
}
