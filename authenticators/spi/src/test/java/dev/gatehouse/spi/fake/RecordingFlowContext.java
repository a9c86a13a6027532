// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * The flow around a step, for one request. It records how the step told it to go on, and fails the test where that is
 * not exactly one call. {@code newEvent()} is not among what it answers: events that are made by it have no type.
 */
public final class RecordingFlowContext {

    /**
     * A call that tells the flow how to go on.
     *
     * @param call the method of {@link AuthenticationFlowContext}
     * @param page what the answer shows, if it is a page
     * @param response the whole answer
     */
    public record Terminal(
            String call,
            @Nullable Page page,
            @Nullable AuthenticationFlowError error,
            @Nullable Response response) {

        /** The page, where the call must have one. */
        public Page shown() {
            return Objects.requireNonNull(page, () -> call + " has no page");
        }

        /** The answer, where the call must have one. */
        public Response answer() {
            return Objects.requireNonNull(response, () -> call + " has no answer");
        }
    }

    /** Every call that ends a step's turn. */
    private static final List<String> TERMINAL = List.of(
            "success",
            "failure",
            "challenge",
            "forceChallenge",
            "failureChallenge",
            "attempted",
            "cancelLogin",
            "resetFlow",
            "fork",
            "forkWithSuccessMessage",
            "forkWithErrorMessage");

    private final FakeSession session;
    private final FakeTab tab;
    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    private final List<Terminal> terminals = new ArrayList<>();
    private final RecordingForms forms = new RecordingForms();
    private @Nullable String info;
    private final EventBuilder event;
    private final Stub<AuthenticationFlowContext> model = Stub.of(AuthenticationFlowContext.class);

    public RecordingFlowContext(FakeSession session, FakeRealm realm, FakeTab tab, AuthenticationExecutionModel step) {
        this.session = session;
        this.tab = tab;
        this.event = new EventBuilder(realm.model(), session.model())
                .event(EventType.LOGIN)
                .client(tab.client())
                .ipAddress("192.0.2.7");
        HttpRequest request =
                Stub.of(HttpRequest.class).is("getDecodedFormParameters", form).get();
        ClientConnection connection = Stub.of(ClientConnection.class)
                .is("getRemoteHost", "192.0.2.7")
                .is("getRemoteAddr", "192.0.2.7")
                .get();
        model.is("getSession", session.model())
                .is("getRealm", realm.model())
                .is("getExecution", step)
                .is("getAuthenticationSession", tab.model())
                .is("getHttpRequest", request)
                .is("getConnection", connection)
                .is("getRefreshExecutionUrl", URI.create("https://id.example.org/refresh"))
                .is("getEvent", event)
                // One for each request, as Keycloak has it: what is set stays set.
                .is("form", forms.model())
                .is("getFlowPath", "authenticate")
                .on("setForwardedInfoMessage", call -> {
                    info = call.text(0);
                    return null;
                })
                .on("getStatus", call -> status())
                .on("getProtector", call -> session.model().getProvider(BruteForceProtector.class))
                .on("clearUser", call -> {
                    tab.user(null);
                    return null;
                })
                .on("getUser", call -> tab.user())
                .on("setUser", call -> {
                    tab.user((UserModel) call.get(0));
                    return null;
                });
        TERMINAL.forEach(name -> model.on(name, this::terminal));
    }

    /** Adds a parameter of the form that the browser posts. */
    public RecordingFlowContext posting(String name, String value) {
        form.putSingle(name, value);
        return this;
    }

    /** Adds parameters of the form that the browser posts. */
    public RecordingFlowContext posting(Map<String, String> parameters) {
        parameters.forEach(this::posting);
        return this;
    }

    /** Makes the flow another one than that of a browser which signs in. */
    public RecordingFlowContext in(String flowPath) {
        model.is("getFlowPath", flowPath);
        return this;
    }

    public AuthenticationFlowContext model() {
        return model.get();
    }

    /** Every call for a page with its arguments, the oldest first. */
    public List<String> formCalls() {
        return forms.calls();
    }

    public FakeSession session() {
        return session;
    }

    /** What the next page says beside what it is about. */
    public @Nullable String info() {
        return info;
    }

    /** The flow's own event, as it would be sent at the end. */
    public EventBuilder event() {
        return event;
    }

    /** The user whom the step set, or who was there before. */
    public @Nullable UserModel user() {
        return tab.user();
    }

    /** How the step told the flow to go on: exactly once. */
    public Terminal ended() {
        if (terminals.size() != 1) {
            throw new AssertionError("one call must tell the flow how to go on, not " + terminals);
        }
        return terminals.get(0);
    }

    private @Nullable FlowStatus status() {
        if (terminals.isEmpty()) {
            return null;
        }
        return switch (terminals.get(terminals.size() - 1).call()) {
            case "success" -> FlowStatus.SUCCESS;
            case "failure" -> FlowStatus.FAILED;
            case "challenge" -> FlowStatus.CHALLENGE;
            case "forceChallenge", "cancelLogin" -> FlowStatus.FORCE_CHALLENGE;
            case "failureChallenge" -> FlowStatus.FAILURE_CHALLENGE;
            case "attempted" -> FlowStatus.ATTEMPTED;
            case "resetFlow" -> FlowStatus.FLOW_RESET;
            default -> FlowStatus.FORK;
        };
    }

    private @Nullable Object terminal(Stub.Call call) {
        @Nullable Page page = null;
        @Nullable AuthenticationFlowError error = null;
        @Nullable Response answer = null;
        for (int i = 0; i < call.size(); i++) {
            Object argument = call.orNull(i);
            if (argument instanceof Response response) {
                answer = response;
                page = Page.of(response);
            } else if (argument instanceof AuthenticationFlowError reason) {
                error = reason;
            }
        }
        terminals.add(new Terminal(call.name(), page, error, answer));
        return null;
    }
}
