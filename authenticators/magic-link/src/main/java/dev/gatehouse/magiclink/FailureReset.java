// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * A finished sign-in by link clears the account's failure counter: wrong passwords of strangers must not count against
 * an owner who has just proved to be there. Keycloak does so by itself only for sign-ins with a credential of its own.
 *
 * <p>Only where the link finished the sign-in: as long as a second factor is open, whoever has the mailbox could
 * otherwise guess at it without end. Where a required action comes in between, the counter is left as it is.
 */
final class FailureReset extends AbstractKeycloakTransaction {

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String sessionId;
    private final String tabId;
    private final String userId;

    private FailureReset(
            KeycloakSessionFactory factory, String realmId, String sessionId, String tabId, String userId) {
        this.factory = factory;
        this.realmId = realmId;
        this.sessionId = sessionId;
        this.tabId = tabId;
        this.userId = userId;
    }

    /** Clears the counter of {@code user} after this request, if the request ends in a session. */
    static void afterSignIn(AuthenticationFlowContext context, UserModel user) {
        if (context.getRealm().isBruteForceProtected()) {
            context.getSession()
                    .getTransactionManager()
                    .enlistAfterCompletion(new FailureReset(
                            context.getSession().getKeycloakSessionFactory(),
                            context.getRealm().getId(),
                            context.getAuthenticationSession()
                                    .getParentSession()
                                    .getId(),
                            context.getAuthenticationSession().getTabId(),
                            user.getId()));
        }
    }

    @Override
    protected void commitImpl() {
        KeycloakModelUtils.runJobInTransaction(factory, this::clear);
    }

    @Override
    protected void rollbackImpl() {
        // Nobody signed in.
    }

    private void clear(KeycloakSession session) {
        @Nullable RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        // A session has the id of the login that it came from; so has a login that starts while the session lives.
        @Nullable UserSessionModel signedIn = session.sessions().getUserSession(realm, sessionId);
        if (signedIn != null && !isOpen(session, realm) && isOwn(signedIn)) {
            session.loginFailures().removeUserLoginFailure(realm, userId);
        }
    }

    /** Whether the tab still has something to do: a finished login leaves none behind. */
    private boolean isOpen(KeycloakSession session, RealmModel realm) {
        @Nullable
        RootAuthenticationSessionModel login =
                session.authenticationSessions().getRootAuthenticationSession(realm, sessionId);
        return login != null && login.getAuthenticationSessions().containsKey(tabId);
    }

    private boolean isOwn(UserSessionModel signedIn) {
        @Nullable UserModel user = signedIn.getUser();
        return user != null && userId.equals(user.getId());
    }
}
