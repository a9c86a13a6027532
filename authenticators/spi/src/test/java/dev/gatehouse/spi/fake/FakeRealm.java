// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;

/** A realm with Keycloak's defaults, which a test may change. */
public final class FakeRealm {

    private final String id;
    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, AuthenticatorConfigModel> configs = new HashMap<>();
    private final Map<String, AuthenticationExecutionModel> executions = new HashMap<>();
    private final Map<String, AuthenticationFlowModel> flows = new HashMap<>();
    private final Map<String, ClientModel> clients = new HashMap<>();
    private final WebAuthnPolicy passkeys = new WebAuthnPolicy();
    private final OTPPolicy codes = new OTPPolicy("totp", "HmacSHA1", 0, 6, 1, 30);
    private final Stub<RealmModel> model = Stub.of(RealmModel.class);

    public FakeRealm(String id, String name) {
        this.id = id;
        model.is("getId", id)
                .is("getName", name)
                .is("getDisplayName", null)
                .is("isBruteForceProtected", false)
                .is("isRememberMe", false)
                .is("isRegistrationAllowed", false)
                .is("isInternationalizationEnabled", false)
                .is("isLoginWithEmailAllowed", true)
                .is("isRegistrationEmailAsUsername", false)
                .is("getPasswordPolicy", null)
                .is("getWebAuthnPolicyPasswordless", passkeys)
                .is("getOTPPolicy", codes)
                .is("isEventsEnabled", false)
                .on("getEventsListenersStream", call -> Stream.of(FakeServer.LISTENER))
                .on("getEnabledEventTypesStream", call -> Stream.empty())
                .on("getAttribute", call -> attributes.get(call.text(0)))
                .on("getAuthenticatorConfigById", call -> configs.get(call.text(0)))
                .on("getAuthenticationExecutionById", call -> executions.get(call.text(0)))
                .on("getAuthenticationExecutionsStream", call -> executions.values().stream()
                        .filter(step -> call.get(0).equals(step.getParentFlow())))
                .on("getAuthenticationExecutionByFlowId", call -> executions.values().stream()
                        .filter(step -> call.get(0).equals(step.getFlowId()))
                        .findFirst()
                        .orElse(null))
                .on("getAuthenticationFlowById", call -> flows.get(call.text(0)))
                .on("getClientByClientId", call -> clients.get(call.text(0)));
        loginTimeouts(Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofMinutes(1));
    }

    public String id() {
        return id;
    }

    public RealmModel model() {
        return model.get();
    }

    public FakeRealm displayName(String name) {
        model.is("getDisplayName", name);
        return this;
    }

    public FakeRealm attribute(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    public FakeRealm bruteForceProtected() {
        model.is("isBruteForceProtected", true);
        return this;
    }

    public FakeRealm rememberMe() {
        model.is("isRememberMe", true);
        return this;
    }

    /** Whether people may register. */
    public FakeRealm registration(boolean allowed) {
        model.is("isRegistrationAllowed", allowed);
        return this;
    }

    /** Speaks more than one language. */
    public FakeRealm international() {
        model.is("isInternationalizationEnabled", true);
        return this;
    }

    /** Lets people sign in with a passkey on the forms for passwords. */
    public FakeRealm passkeys() {
        passkeys.setPasskeysEnabled(true);
        return this;
    }

    /** The policy for one-time passwords, to be changed. */
    public OTPPolicy codes() {
        return codes;
    }

    /** The three settings whose longest is how long a login may wait. */
    public FakeRealm loginTimeouts(Duration login, Duration userAction, Duration code) {
        model.is("getAccessCodeLifespanLogin", (int) login.toSeconds())
                .is("getAccessCodeLifespanUserAction", (int) userAction.toSeconds())
                .is("getAccessCodeLifespan", (int) code.toSeconds());
        return this;
    }

    /** A step in the flow "browser of ours", without a configuration. */
    public AuthenticationExecutionModel step(String executionId, String authenticator) {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId("flow-1");
        flow.setAlias("browser of ours");
        flows.put(flow.getId(), flow);
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setId(executionId);
        step.setAuthenticator(authenticator);
        step.setParentFlow(flow.getId());
        executions.put(executionId, step);
        return step;
    }

    /** Gives a step a configuration, as an admin who saves the form does. */
    public void configure(AuthenticationExecutionModel step, @Nullable Map<String, String> values) {
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setId("config-of-" + step.getId());
        config.setConfig(values);
        configs.put(config.getId(), config);
        step.setAuthenticatorConfig(config.getId());
    }

    /** A client of the realm. */
    public ClientModel client(String internalId, String clientId, @Nullable String name) {
        ClientModel client = Stub.of(ClientModel.class)
                .is("getId", internalId)
                .is("getClientId", clientId)
                .is("getName", name)
                .on("getRealm", call -> model())
                .get();
        clients.put(clientId, client);
        return client;
    }
}
