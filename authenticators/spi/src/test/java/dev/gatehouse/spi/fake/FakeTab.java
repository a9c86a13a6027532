// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** One tab of a {@linkplain FakeLogin login}. */
public final class FakeTab {

    /** Where every sign-in ends. */
    public static final String REDIRECT = "https://app.example.org/";

    private final ClientModel client;
    private final Map<String, String> notes = new HashMap<>();
    private final Map<String, String> clientNotes = new HashMap<>();
    private final Map<String, String> userSessionNotes = new HashMap<>();
    private final Map<String, ExecutionStatus> steps = new HashMap<>();
    private final Set<String> requiredActions = new HashSet<>();
    private @Nullable UserModel user;
    private final AuthenticationSessionModel model;

    FakeTab(RootAuthenticationSessionModel root, String tabId, ClientModel client) {
        this.client = client;
        this.model = Stub.of(AuthenticationSessionModel.class)
                .is("getTabId", tabId)
                .is("getParentSession", root)
                .is("getClient", client)
                .on("getRealm", call -> client.getRealm())
                .is("getProtocol", FakeServer.PROTOCOL)
                .on("getAuthNote", call -> notes.get(call.text(0)))
                .on("setAuthNote", call -> notes.put(call.text(0), call.text(1)))
                .on("removeAuthNote", call -> notes.remove(call.text(0)))
                .on("getClientNote", call -> clientNotes.get(call.text(0)))
                .on("removeClientNote", call -> clientNotes.remove(call.text(0)))
                .is("getRedirectUri", REDIRECT)
                .on("getUserSessionNotes", call -> Map.copyOf(userSessionNotes))
                .on("setUserSessionNote", call -> userSessionNotes.put(call.text(0), call.text(1)))
                .on("clearUserSessionNotes", call -> {
                    userSessionNotes.clear();
                    return null;
                })
                .on("getExecutionStatus", call -> Map.copyOf(steps))
                .on("clearExecutionStatus", call -> {
                    steps.clear();
                    return null;
                })
                .on("getAuthenticatedUser", call -> user)
                .on("removeRequiredAction", call -> {
                    requiredActions.remove(call.get(0).toString());
                    return null;
                })
                .get();
    }

    public AuthenticationSessionModel model() {
        return model;
    }

    public ClientModel client() {
        return client;
    }

    /** The notes of the login, which a restart of it clears. */
    public Map<String, String> notes() {
        return notes;
    }

    /** What the client asked for. */
    public Map<String, String> clientNotes() {
        return clientNotes;
    }

    /** What the user session gets from the login. */
    public Map<String, String> userSessionNotes() {
        return userSessionNotes;
    }

    /** How far the steps of the flows have come, by execution. */
    public Map<String, ExecutionStatus> steps() {
        return steps;
    }

    /** What has to be done before the login ends, by name. */
    public Set<String> requiredActions() {
        return requiredActions;
    }

    public @Nullable UserModel user() {
        return user;
    }

    public void user(@Nullable UserModel known) {
        user = known;
    }
}
