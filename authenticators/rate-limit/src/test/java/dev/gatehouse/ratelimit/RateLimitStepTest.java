// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.settings.StepSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.services.cors.Cors;

import static org.assertj.core.api.Assertions.assertThat;

/** The plain step, and the step that gives back what it took. */
class RateLimitStepTest {

    private final Door door = new Door();
    private final List<String> exposed = new ArrayList<>();
    private final Stub<Cors> cors = Stub.of(Cors.class);
    private final StepRates rates = Door.rates(StepRates.LIMIT, StepRates.ADDRESS, StepRates.NAME);

    RateLimitStepTest() {
        cors.on("exposedHeaders", call -> {
            exposed.addAll(Arrays.asList((String[]) call.get(0)));
            return cors.get();
        });
        door.server.provide(Cors.class, null, cors.get());
    }

    private RecordingFlowContext reached(RecordingFlowContext context) {
        new RateLimitStep(rates).authenticate(context.model());
        return context;
    }

    private RecordingFlowContext directGrant(String name, String password) {
        return door.request().in("token").posting(Map.of("username", name, "password", password));
    }

    @Test
    void itGoesOnWhileThereIsRoomAndLooksAtNothing() {
        door.forbidLookingForAccounts();

        assertThat(reached(door.request()).ended().call()).isEqualTo("success");
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void inADirectGrantItCountsAtATokenByTheNameInTheRequest() {
        door.tab.notes().put("ATTEMPTED_USERNAME", "somebody else");

        reached(directGrant("alice", "x"));

        assertThat(door.limiter.onlyAttempt())
                .isEqualTo(Attempt.at("token", LimitRule.LOGIN_ADDRESS, LimitRule.LOGIN_NAME)
                        .naming("alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void inADirectGrantARefusalIsADocumentThatAnAppInABrowserCanRead(String name) {
        door.forbidLookingForAccounts();
        door.limiter.refuses("login-address", Duration.ofSeconds(7));

        RecordingFlowContext context = reached(directGrant(name, "x"));

        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(context.ended().answer().getStatus()).isEqualTo(429);
        assertThat(context.ended().answer().getHeaderString("Retry-After")).isEqualTo("7");
        assertThat(context.ended().answer().getMediaType()).hasToString("application/json");
        assertThat(context.ended().answer().getEntity())
                .isEqualTo(Map.of("error", "too_many_requests", "error_description", "Too many tries; wait 7 seconds"));
        assertThat(exposed).containsExactly("Retry-After");
        assertThat(context.formCalls()).isEmpty();
        assertThat(door.onlyEvent().getError()).isEqualTo("rate_limited");
    }

    @Test
    void inABrowserARefusalIsAPage() {
        door.limiter.refuses("login-address", Duration.ofSeconds(7));

        RecordingFlowContext context = reached(door.request());

        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(context.ended().answer().getStatus()).isEqualTo(429);
        assertThat(context.ended().shown().template()).isEqualTo("error");
        assertThat(context.ended().shown().errorKeys()).containsExactly("gatehouseLimitSeconds");
        assertThat(exposed).isEmpty();
    }

    @Test
    void inABrowserTheNameIsThatOfTheUserOrElseWhatWasTyped() {
        reached(door.request());
        door.tab.notes().put("ATTEMPTED_USERNAME", "typed");
        reached(door.request().posting("username", "posted"));
        door.tab.user(door.alice.model());
        reached(door.request());

        assertThat(door.limiter.attempts()).extracting(Attempt::name).containsExactly(null, "typed", "alice");
    }

    @Test
    void somebodyWhoPostsToThePageOfARefusalTriesAgain() {
        RecordingFlowContext context = door.request();

        new RateLimitStep(rates).action(context.model());

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(door.limiter.attempts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "login,login,LOGIN_ADDRESS+LOGIN_NAME,LOGIN_ERROR",
        "send,send,SEND_ADDRESS,LOGIN_ERROR",
        "reset,reset,RESET_ADDRESS,LOGIN_ERROR",
        "registration,registration,REGISTRATION_ADDRESS,LOGIN_ERROR"
    })
    void theOptionPicksTheRules(String limit, String endpoint, String rules, String event) {
        door.realm.configure(door.step, Map.of("limit", limit));
        door.limiter.refuses("a-rule", Duration.ofSeconds(1));

        reached(door.request());

        assertThat(door.limiter.onlyAttempt().endpoint()).isEqualTo(endpoint);
        assertThat(door.limiter.onlyAttempt().rules())
                .containsExactlyElementsOf(Arrays.stream(rules.split("\\+"))
                        .map(LimitRule::valueOf)
                        .toList());
        assertThat(door.onlyEvent().getType()).hasToString(event);
    }

    @Test
    void aLimitThatDoesNotExistIsThatOfALoginAndIsToldOnce() {
        door.realm.configure(door.step, Map.of("limit", "everything", "addressRate", "2/1h"));

        try (CapturedLog log = new CapturedLog(StepSettings.class)) {
            reached(door.request());
            reached(door.request());
            assertThat(log.warnings()).hasSize(1);
        }
        assertThat(door.limiter.attempts()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.endpoint()).isEqualTo("login");
            assertThat(attempt.rates()).isEqualTo(Map.of(LimitRule.LOGIN_ADDRESS, new Rate(2, Duration.ofHours(1))));
        });
    }

    private static RecordingFlowContext verified(RecordingFlowContext context) {
        new LimitedValidatePassword().authenticate(context.model());
        return context;
    }

    /** The two steps of one request; the context of the second one. */
    private RecordingFlowContext bothSteps(String password) {
        RecordingFlowContext first = directGrant("alice", password);
        reached(first);
        door.tab.user(door.alice.model());
        return verified(new RecordingFlowContext(first.session(), door.realm, door.tab, door.step)
                .in("token")
                .posting("password", password));
    }

    @Test
    void aRightPasswordGivesBackWhatWasTakenInTheSameRequest() {
        RecordingFlowContext context = bothSteps(Door.PASSWORD);

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(door.limiter.givenBack()).hasSize(1);
        assertThat(context.session().attributes()).isEmpty();
    }

    @Test
    void aWrongPasswordGivesNothingBack() {
        RecordingFlowContext context = bothSteps("wrong");

        assertThat(context.ended().call()).isEqualTo("failure");
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void whereNothingWasTakenNothingIsGivenBack() {
        door.tab.user(door.alice.model());

        assertThat(verified(directGrant("alice", Door.PASSWORD)).ended().call()).isEqualTo("success");
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void whatWasTakenForSomethingElseThanAPasswordIsNotGivenBack() {
        door.realm.configure(door.step, Map.of("limit", "send"));

        assertThat(bothSteps(Door.PASSWORD).ended().call()).isEqualTo("success");
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void anAccountWithoutAPasswordCostsAHashToo() {
        door.tab.user(door.withoutPassword.model());

        RecordingFlowContext context = verified(directGrant("bob", "wrong"));

        assertThat(context.ended().call()).isEqualTo("failure");
        assertThat(door.order).containsExactly("hashed");
    }

    @Test
    void itNeedsNoUserAndSetsNothingUp() {
        AuthenticationFlowContext context = door.request().model();
        RateLimitStep step = new RateLimitStep(rates);

        assertThat(step.requiresUser()).isFalse();
        assertThat(step.configuredFor(context.getSession(), context.getRealm(), door.alice.model()))
                .isTrue();
    }
}
