// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormAuthenticator;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticationExecutionModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegistrationRateLimitTest {

    private final Door door = new Door();
    private final AtomicInteger successes = new AtomicInteger();
    private final RegistrationRateLimit part = new RegistrationRateLimit(Door.rates(StepRates.ADDRESS));
    private final RecordingFlowContext flow = door.request()
            .posting(Map.of(
                    "username", "alice", "email", "a@example.org", "password", "secret", "password-confirm", "secret"));

    RegistrationRateLimitTest() {
        AuthenticationExecutionModel form = door.realm.step("form-1", "registration-page-form");
        form.setParentFlow("registration");
        form.setFlowId(door.step.getParentFlow());
        form.setAuthenticatorFlow(true);
        door.step.setAuthenticator("gatehouse-registration-rate-limit");
        door.server.provide(FormAction.class, "gatehouse-registration-rate-limit", part);
        door.server.provide(
                FormAuthenticator.class,
                "registration-page-form",
                Stub.of(FormAuthenticator.class)
                        .on("render", call -> ((LoginFormsProvider) call.get(1)).createRegistration())
                        .get());
        door.server.provide(LoginFormsProvider.class, null, flow.model().form());
    }

    private void validates() {
        AuthenticationFlowContext context = flow.model();
        part.validate(Stub.of(ValidationContext.class)
                .is("getSession", context.getSession())
                .is("getRealm", context.getRealm())
                .is("getExecution", context.getExecution())
                .is("getEvent", context.getEvent())
                .is("getHttpRequest", context.getHttpRequest())
                .is("getAuthenticationSession", context.getAuthenticationSession())
                .is("getConnection", context.getConnection())
                .is("getUriInfo", context.getSession().getContext().getUri())
                .on("success", call -> successes.incrementAndGet())
                .get());
    }

    private Response refusal() {
        return assertThatExceptionOfType(WebApplicationException.class)
                .isThrownBy(this::validates)
                .actual()
                .getResponse();
    }

    @Test
    void whereThereIsRoomTheOtherPartsAreAskedAndNothingIsGivenBack() {
        validates();

        assertThat(successes).hasValue(1);
        assertThat(door.limiter.onlyAttempt()).isEqualTo(Attempt.at("registration", LimitRule.REGISTRATION_ADDRESS));
        assertThat(door.limiter.givenBack()).isEmpty();
        assertThat(flow.formCalls()).isEmpty();
    }

    @Test
    void aRefusalIsThrownSoThatNoOtherPartIsAsked() {
        door.limiter.refuses("registration-address", Duration.ofSeconds(30));

        Response answer = refusal();

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("30");
        assertThat(successes).hasValue(0);
        assertThat(door.onlyEvent().getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(door.onlyEvent().getError()).isEqualTo("rate_limited");
    }

    @Test
    void aRefusalIsTheSameFormWithWhatWasTypedButThePasswords() {
        door.limiter.refuses("registration-address", Duration.ofSeconds(30));

        Page page = (Page) refusal().getEntity();

        assertThat(page.template()).isEqualTo("register.ftl");
        assertThat(page.errorKeys()).containsExactly("gatehouseLimitSeconds");
        assertThat(flow.formCalls())
                .anySatisfy(call -> assertThat(call).startsWith("setFormData").contains("alice", "a@example.org"))
                .noneSatisfy(call -> assertThat(call).contains("secret"));
        // What the form posts to works after the wait: the tab knows the form and the code.
        assertThat(door.tab.notes()).containsEntry("current.authentication.execution", "form-1");
        String code = door.tab.notes().get("active_code");
        assertThat(flow.formCalls()).anySatisfy(call -> assertThat(call)
                .startsWith("setActionUri")
                .contains("/login-actions/registration", "session_code=" + code, "execution=form-1"));
        assertThat(flow.model().getHttpRequest().getDecodedFormParameters()).containsKey("password");
    }

    @Test
    void aRateOfItsOwnHolds() {
        door.realm.configure(door.step, Map.of("addressRate", "1/1d"));

        validates();

        assertThat(door.limiter.onlyAttempt().rates())
                .isEqualTo(Map.of(LimitRule.REGISTRATION_ADDRESS, new Rate(1, Duration.ofDays(1))));
    }

    @Test
    void itNeedsNoUserAndChangesNoPage() {
        part.buildPage(Stub.of(ValidationContext.class).get(), flow.model().form());

        assertThat(part.requiresUser()).isFalse();
        assertThat(flow.formCalls()).isEmpty();
    }
}
