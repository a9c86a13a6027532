// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Finds the tab that a request of a browser is about. */
@FunctionalInterface
interface Tabs {

    /** By the browser's cookie. */
    Tabs OF_THE_BROWSER = (session, realm, clientId, tabId) -> {
        @Nullable ClientModel client = realm.getClientByClientId(clientId);
        return client == null
                ? Optional.empty()
                : Optional.ofNullable(new AuthenticationSessionManager(session)
                        .getCurrentAuthenticationSession(realm, client, tabId));
    };

    /** Empty where this browser has no such tab. */
    Optional<AuthenticationSessionModel> find(KeycloakSession session, RealmModel realm, String clientId, String tabId);
}
