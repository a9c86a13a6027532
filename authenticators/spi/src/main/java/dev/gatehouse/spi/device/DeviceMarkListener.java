// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.device;

import dev.gatehouse.spi.settings.RealmAttributes;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Marks the browser when the whole sign-in is over: every factor, every required action, the consent. Keycloak sends
 * the event then, in the request whose answer the browser gets.
 */
final class DeviceMarkListener implements EventListenerProvider {

    private final KeycloakSession session;

    DeviceMarkListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        @Nullable RealmModel realm = session.getContext().getRealm();
        if (event.getType() != EventType.LOGIN
                || realm == null
                || !realm.getId().equals(event.getRealmId())
                || !RealmAttributes.isOn(realm, DeviceMarks.SWITCH)) {
            return;
        }
        @Nullable UserModel user = whoProvedToBeThere(realm, event);
        if (user != null) {
            DeviceMarks.mark(session, realm, user);
        }
    }

    /** The user, unless it was no browser that signed in, or one that only went on with a session that it had. */
    private @Nullable UserModel whoProvedToBeThere(RealmModel realm, Event event) {
        // The token endpoint names the grant in each of its events; there is no browser.
        if (event.getDetails() != null && event.getDetails().containsKey(Details.GRANT_TYPE)) {
            return null;
        }
        @Nullable AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (login == null || event.getSessionId() == null) {
            return null;
        }
        @Nullable UserSessionModel signedIn = session.sessions().getUserSession(realm, event.getSessionId());
        return signedIn == null || isByCookie(login, signedIn) ? null : signedIn.getUser();
    }

    /**
     * Whether Keycloak's own cookie was all that was asked for. Who finds a session open must not get one mark after
     * another, each with a new budget to guess the password with. Depending on the way that the sign-in took, Keycloak
     * has already moved its note from the login to the client's session.
     */
    private static boolean isByCookie(AuthenticationSessionModel login, UserSessionModel signedIn) {
        @Nullable
        AuthenticatedClientSessionModel client =
                signedIn.getAuthenticatedClientSessionByClient(login.getClient().getId());
        return client == null
                || AuthenticatorUtil.isSSOAuthentication(login)
                || AuthenticationManager.isSSOAuthentication(client);
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // Nobody signs in by one.
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
