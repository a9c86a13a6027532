// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;

import dev.gatehouse.core.link.Browser;
import dev.gatehouse.core.link.Tab;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * The browser behind a request, known by Keycloak's signed login cookie and by nothing else.
 *
 * @param root the login session that the cookie names, or null
 */
record CookieBrowser(@Nullable RootAuthenticationSessionModel root) implements Browser {

    static CookieBrowser of(KeycloakSession session, RealmModel realm) {
        return new CookieBrowser(new AuthenticationSessionManager(session).getCurrentRootAuthenticationSession(realm));
    }

    @Override
    public boolean owns(Tab tab) {
        return root != null && root.getId().equals(tab.rootSession());
    }

    @Override
    public boolean has(Tab tab) {
        return tab(tab.tabId()).isPresent();
    }

    @Override
    public Optional<String> nonceHash(Tab tab) {
        return tab(tab.tabId())
                .map(WaitingTab::new)
                .filter(waiting -> waiting.waits(tab.execution()))
                .flatMap(WaitingTab::nonceHash);
    }

    /** The tab with this id, whatever its client. */
    Optional<AuthenticationSessionModel> tab(@Nullable String tabId) {
        return root == null || tabId == null
                ? Optional.empty()
                : Optional.ofNullable(root.getAuthenticationSessions().get(tabId));
    }

    /** The tab with this id, if it belongs to {@code client}. */
    Optional<AuthenticationSessionModel> tab(@Nullable ClientModel client, @Nullable String tabId) {
        return client == null
                ? Optional.empty()
                : tab(tabId).filter(session -> client.getId()
                        .equals(session.getClient().getId()));
    }
}
