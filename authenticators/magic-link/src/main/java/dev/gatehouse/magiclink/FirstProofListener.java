// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.settings.RealmAttributes;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Follows an account from its registration to its first proof, in the transaction of each change. */
final class FirstProofListener implements EventListenerProvider {

    /** The reason of sign-ins that the guard keeps out. */
    private static final String OUTDATED = "before_first_proof";

    /** What changes an account or opens it. */
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.REGISTER,
            EventType.LOGIN,
            EventType.VERIFY_EMAIL,
            EventType.VERIFY_PROFILE,
            EventType.UPDATE_PROFILE,
            EventType.UPDATE_EMAIL,
            EventType.UPDATE_CREDENTIAL,
            EventType.REMOVE_CREDENTIAL,
            EventType.RESET_PASSWORD,
            EventType.FEDERATED_IDENTITY_LINK,
            EventType.FEDERATED_IDENTITY_OVERRIDE_LINK,
            EventType.GRANT_CONSENT,
            EventType.EXECUTE_ACTIONS,
            EventType.CUSTOM_REQUIRED_ACTION);

    private static final String USERS = "users/";

    private final KeycloakSession session;
    private final InstantSource clock;

    FirstProofListener(KeycloakSession session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public void onEvent(Event event) {
        if (HEARD.contains(event.getType()) && event.getUserId() != null) {
            guarded(event.getRealmId())
                    .ifPresent(realm -> Optional.ofNullable(session.users().getUserById(realm, event.getUserId()))
                            .ifPresent(user -> follow(realm, user, event)));
        }
    }

    private void follow(RealmModel realm, UserModel user, Event event) {
        Optional<AuthenticationSessionModel> login = tabOf(user);
        if (login.filter(tab -> new FirstProofGuard(session, realm).isOutdated(tab, user))
                .isPresent()) {
            keepOut(realm, user, event);
            return;
        }
        Unproven.undo(event, user);
        switch (event.getType()) {
            case REGISTER -> Unproven.mark(user, clock.instant());
            case VERIFY_EMAIL -> Unproven.clear(user);
            default ->
                login.filter(tab -> new FirstProofTab(tab).awaits(user))
                        .ifPresent(tab -> goesOn(realm, user, tab, event));
        }
        Unproven.settle(user);
    }

    /** The realm of this request, if the event is of it and it guards first proofs. */
    private Optional<RealmModel> guarded(String realmId) {
        return Optional.ofNullable(session.getContext().getRealm())
                .filter(realm -> realm.getId().equals(realmId))
                .filter(realm -> RealmAttributes.isOn(realm, FirstProofSettings.SWITCH));
    }

    /** The tab of this request, if it is {@code user} who signs in there. */
    private Optional<AuthenticationSessionModel> tabOf(UserModel user) {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .filter(tab -> tab.getAuthenticatedUser() != null
                        && tab.getAuthenticatedUser().getId().equals(user.getId()));
    }

    /** Nothing of this request is kept. Keycloak goes on as if it were, so the answer leads to nothing. */
    private void keepOut(RealmModel realm, UserModel user, Event event) {
        if (session.getTransactionManager().getRollbackOnly()) {
            // One request, several events.
            return;
        }
        session.getTransactionManager().setRollbackOnly();
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(event.getClientId())
                .user(user)
                .detail(SendEvents.REASON, OUTDATED)
                .error(Errors.EXPIRED_CODE);
    }

    private void goesOn(RealmModel realm, UserModel user, AuthenticationSessionModel login, Event event) {
        FirstProofTab tab = new FirstProofTab(login);
        switch (event.getType()) {
            case LOGIN -> {
                if (!tab.cameTooLate(user)) {
                    complete(realm, user, login, event.getSessionId());
                }
            }
            case UPDATE_CREDENTIAL ->
                newest(user, detail(event, Details.CREDENTIAL_TYPE)).ifPresent(tab::made);
            case FEDERATED_IDENTITY_LINK ->
                Optional.ofNullable(link(realm, user, event)).ifPresent(tab::made);
            default -> {
                // It makes nothing that opens an account.
            }
        }
    }

    /** All of it, or the sign-in is undone: Keycloak only logs what a listener throws. */
    private void complete(RealmModel realm, UserModel user, AuthenticationSessionModel login, String sessionId) {
        boolean happened = false;
        try {
            FirstProof.happen(
                    session, realm, user, login, session.sessions().getUserSession(realm, sessionId), clock.instant());
            happened = true;
        } finally {
            if (!happened) {
                session.getTransactionManager().setRollbackOnly();
            }
        }
    }

    private static Optional<CredentialModel> newest(UserModel user, String type) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .max(Comparator.comparing(
                        CredentialModel::getCreatedDate, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    private @Nullable FederatedIdentityModel link(RealmModel realm, UserModel user, Event event) {
        return session.users().getFederatedIdentity(realm, user, detail(event, Details.IDENTITY_PROVIDER));
    }

    private static String detail(Event event, String name) {
        Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
        return details.getOrDefault(name, "");
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        @Nullable String path = event.getResourcePath();
        if (event.getResourceType() == ResourceType.USER && path != null && path.startsWith(USERS)) {
            String userId = path.substring(USERS.length()).replaceFirst("/.*", "");
            guarded(event.getRealmId())
                    .map(realm -> session.users().getUserById(realm, userId))
                    .ifPresent(Unproven::settle);
        }
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
