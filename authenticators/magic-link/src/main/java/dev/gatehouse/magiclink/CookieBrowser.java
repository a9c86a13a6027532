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
 * The browser behind a request, known by Keycloak's signed login cookie and by the cookie that it got when it asked.
 *
 * @param root the login session that the first cookie names, or null
 * @param mark the hash of the second one
 */
record CookieBrowser(@Nullable RootAuthenticationSessionModel root, Optional<String> mark) implements Browser {

    static CookieBrowser of(KeycloakSession session, RealmModel realm) {
        return new CookieBrowser(
                new AuthenticationSessionManager(session).getCurrentRootAuthenticationSession(realm),
                AskingBrowser.markOf(session));
    }

    @Override
    public boolean owns(Tab tab) {
        return root != null
                && root.getId().equals(tab.rootSession())
                // A tab that is gone, or waits for nothing, has nothing to be taken away.
                && tab(tab.tabId())
                        .map(WaitingTab::new)
                        .filter(waiting -> waiting.waits(tab.execution()))
                        .map(waiting -> waiting.isAskedBy(mark))
                        .orElse(true);
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

    /** The tab with this id, whatever its client and whatever it waits for. */
    Optional<AuthenticationSessionModel> tab(@Nullable String tabId) {
        return root == null || tabId == null
                ? Optional.empty()
                : Optional.ofNullable(root.getAuthenticationSessions().get(tabId));
    }

    /** The tab with this id, if it belongs to {@code client} and waits for a mail that this browser asked for. */
    Optional<AuthenticationSessionModel> waitingTab(@Nullable ClientModel client, @Nullable String tabId) {
        return client == null
                ? Optional.empty()
                : tab(tabId)
                        // A client can be deleted while a tab waits for it.
                        .filter(session -> session.getClient() != null
                                && client.getId().equals(session.getClient().getId()))
                        .filter(session -> new WaitingTab(session).isAskedBy(mark));
    }
}
