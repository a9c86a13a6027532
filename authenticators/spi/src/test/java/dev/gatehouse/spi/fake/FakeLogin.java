// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.HashMap;
import java.util.Map;

import org.keycloak.models.ClientModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** The login session of one browser, with its tabs. */
public final class FakeLogin {

    private final Map<String, AuthenticationSessionModel> tabs = new HashMap<>();
    private final RootAuthenticationSessionModel root;

    public FakeLogin(String id) {
        this.root = Stub.of(RootAuthenticationSessionModel.class)
                .is("getId", id)
                .is("setTimestamp", null)
                .on("getAuthenticationSessions", call -> Map.copyOf(tabs))
                .get();
    }

    public RootAuthenticationSessionModel root() {
        return root;
    }

    /** Opens a tab. */
    public FakeTab tab(String tabId, ClientModel client) {
        FakeTab tab = new FakeTab(root, tabId, client);
        tabs.put(tabId, tab.model());
        return tab;
    }

    /** Closes a tab, as a finished or expired login does. */
    public void close(String tabId) {
        tabs.remove(tabId);
    }
}
