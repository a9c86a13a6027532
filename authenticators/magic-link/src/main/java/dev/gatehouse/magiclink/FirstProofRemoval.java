// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.keycloak.credential.CredentialModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Takes away whatever opens an account, but for the mailbox. Authenticator apps and recovery codes stay, always: who has
 * nothing but the mailbox must not get rid of a second factor. What the account knows of its owner (name, attributes,
 * roles, required actions) stays as well.
 */
final class FirstProofRemoval {

    /** What can be taken away, in the order in which events and mails name it. */
    enum Kind {
        PASSWORD,
        PASSKEY,
        BROKER_LINK,
        EMAIL_CHANGE,
        CONSENT,
        SESSION;

        /** As events and templates name it. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final BiConsumer<KeycloakSession, UserSessionModel> logout;

    FirstProofRemoval(KeycloakSession session, RealmModel realm, UserModel user) {
        // Clients with a back-channel are told; the broker that somebody signed in by is not.
        this(session, realm, user, (own, signedIn) -> AuthenticationManager.backchannelLogout(own, signedIn, false));
    }

    FirstProofRemoval(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            BiConsumer<KeycloakSession, UserSessionModel> logout) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.logout = logout;
    }

    /** Leaves only what the sign-in in {@code tab} has made itself; tells what there was. */
    List<Kind> removeAllBut(FirstProofTab tab) {
        Set<Kind> removed = EnumSet.noneOf(Kind.class);
        user.credentialManager().getStoredCredentialsStream().toList().stream()
                .filter(credential -> !tab.hasMade(credential))
                .forEach(credential -> removeFirstFactor(credential, removed));
        links().stream().filter(link -> !tab.hasMade(link)).forEach(link -> {
            session.users().removeFederatedIdentity(realm, user, link.getIdentityProvider());
            removed.add(Kind.BROKER_LINK);
        });
        if (user.getFirstAttribute(UserModel.EMAIL_PENDING) != null) {
            // Keycloak then refuses the link that is in the mailbox of whoever asked for the change.
            user.removeAttribute(UserModel.EMAIL_PENDING);
            removed.add(Kind.EMAIL_CHANGE);
        }
        consents()
                .map(UserConsentModel::getClient)
                .map(ClientModel::getId)
                .filter(client -> !client.equals(tab.clientId()))
                .forEach(client -> {
                    session.users().revokeConsentForClient(realm, user.getId(), client);
                    removed.add(Kind.CONSENT);
                });
        others(tab).forEach(signedIn -> {
            logout.accept(session, signedIn);
            removed.add(Kind.SESSION);
        });
        return List.copyOf(removed);
    }

    private void removeFirstFactor(CredentialModel credential, Set<Kind> removed) {
        switch (credential.getType()) {
            case PasswordCredentialModel.TYPE, PasswordCredentialModel.PASSWORD_HISTORY -> {
                user.credentialManager().removeStoredCredentialById(credential.getId());
                removed.add(Kind.PASSWORD);
            }
            case WebAuthnCredentialModel.TYPE_PASSWORDLESS, WebAuthnCredentialModel.TYPE_TWOFACTOR -> {
                user.credentialManager().removeStoredCredentialById(credential.getId());
                removed.add(Kind.PASSKEY);
            }
            default -> {
                // Second factors, and what we do not know.
            }
        }
    }

    private List<FederatedIdentityModel> links() {
        return session.users().getFederatedIdentitiesStream(realm, user).toList();
    }

    private Stream<UserConsentModel> consents() {
        return session.users().getConsentsStream(realm, user.getId()).toList().stream();
    }

    /** No offline session is spared: one of this sign-in would be made later, at the token endpoint. */
    private List<UserSessionModel> others(FirstProofTab tab) {
        return Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user).filter(signedIn -> !signedIn.getId()
                                .equals(tab.sessionId())),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .toList();
    }
}
