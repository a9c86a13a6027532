// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/** Makes responses that carry a {@link Page} for a body, and writes down every call. */
public final class RecordingForms {

    private final Map<String, Object> attributes = new HashMap<>();
    private final List<FormMessage> errors = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private Response.Status status = Response.Status.OK;
    private final Stub<LoginFormsProvider> model = Stub.of(LoginFormsProvider.class);

    public RecordingForms() {
        on("setAttribute", call -> {
            attributes.put(call.text(0), call.get(1));
            return model();
        });
        on("addError", call -> {
            errors.add((FormMessage) call.get(0));
            return model();
        });
        on("setError", call -> {
            errors.add(new FormMessage(null, call.text(0), (Object[]) call.get(1)));
            return model();
        });
        on("setStatus", call -> {
            status = (Response.Status) call.get(0);
            return model();
        });
        on("setErrors", call -> {
            errors.clear();
            ((List<?>) call.get(0)).forEach(error -> errors.add((FormMessage) error));
            return model();
        });
        List.of(
                        "setActionUri",
                        "setAuthenticationSession",
                        "setClientSessionCode",
                        "setExecution",
                        "setFormData",
                        "setInfo")
                .forEach(setter -> on(setter, call -> model()));
        on("createForm", call -> response(call.text(0)));
        on("createErrorPage", call -> {
            status = (Response.Status) call.get(0);
            return response("error");
        });
        on("createLoginUsernamePassword", call -> response("login.ftl"));
        on("createLoginUsername", call -> response("login-username.ftl"));
        on("createLoginPassword", call -> response("login-password.ftl"));
        on("createRegistration", call -> response("register.ftl"));
        on("createPasswordReset", call -> response("login-reset-password.ftl"));
    }

    private void on(String method, Stub.Answer answer) {
        model.on(method, call -> {
            calls.add(call.toString());
            return answer.to(call);
        });
    }

    /** Every call with its arguments, the oldest first. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    public LoginFormsProvider model() {
        return model.get();
    }

    private Response response(String template) {
        return Response.status(status)
                .entity(new Page(template, Map.copyOf(attributes), List.copyOf(errors), status))
                .build();
    }
}
