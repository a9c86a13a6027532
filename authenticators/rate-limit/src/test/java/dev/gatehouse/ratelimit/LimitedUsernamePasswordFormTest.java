// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.Map;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.Page;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.RecordingFlowContext.Terminal;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Verdict;
import dev.gatehouse.spi.settings.StepSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.utils.FormMessage;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedUsernamePasswordFormTest {

    private final Door door = new Door();

    private RecordingFlowContext posts(Map<String, String> form) {
        return door.posts(LimitedUsernamePasswordForm::new, form);
    }

    private RecordingFlowContext guesses(String name, String password) {
        return posts(Map.of("username", name, "password", password));
    }

    @Test
    void aPermitIsTakenBeforeAnAccountIsLookedUp() {
        guesses("alice", "wrong");

        assertThat(door.order).startsWith("asked", "looked up");
        assertThat(door.limiter.onlyAttempt())
                .isEqualTo(Attempt.at("login", LimitRule.LOGIN_ADDRESS, LimitRule.LOGIN_NAME)
                        .naming("alice"));
    }

    @Test
    void aRightPasswordGivesThePermitBack() {
        RecordingFlowContext context = guesses("alice", Door.PASSWORD);

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isEqualTo(door.alice.model());
        assertThat(door.limiter.givenBack()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "alice,wrong",
        "nobody,wrong",
        "nobody,right",
        "dora,right",
        "dora,wrong",
        "bob,right",
        "alice,''",
        "'',x"
    })
    void nothingElseGivesItBack(String name, String password) {
        RecordingFlowContext context = guesses(name, password);

        assertThat(context.ended().call()).isIn("failureChallenge", "forceChallenge");
        assertThat(context.ended().shown().template()).isEqualTo("login.ftl");
        assertThat(door.limiter.attempts()).hasSize(1);
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void aRefusalIsTheSameFormWithTheWaitAndLooksAtNothing() {
        door.forbidLookingForAccounts();
        door.limiter.refuses("login-address", Duration.ofMillis(41_200));

        RecordingFlowContext context = guesses("alice", Door.PASSWORD);

        Terminal terminal = context.ended();
        assertThat(terminal.call()).isEqualTo("forceChallenge");
        assertThat(terminal.answer().getStatus()).isEqualTo(429);
        assertThat(terminal.answer().getHeaderString("Retry-After")).isEqualTo("42");
        assertThat(terminal.answer().getHeaderString("Cache-Control")).isEqualTo("no-store");
        Page page = terminal.shown();
        assertThat(page.template()).isEqualTo("login.ftl");
        assertThat(page.errorKeys()).containsExactly("gatehouseLimitSeconds");
        assertThat(page.errors().get(0).getField()).isEqualTo(FormMessage.GLOBAL);
        assertThat(page.errors().get(0).getParameters()).containsExactly(42L);
        assertThat(door.order).containsExactly("asked");
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void aRefusalIsAnEventOfItsOwnAndLeavesThatOfTheFlowAlone() {
        door.limiter.refuses("login-name", Duration.ofSeconds(5));

        RecordingFlowContext context = guesses("alice", "wrong");

        Event event = door.onlyEvent();
        assertThat(event.getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(event.getError()).isEqualTo("rate_limited");
        assertThat(event.getDetails())
                .containsEntry("gatehouse_rule", "login-name")
                .containsEntry("username", "alice");
        assertThat(context.event().getEvent().getType()).isEqualTo(EventType.LOGIN);
        assertThat(context.event().getEvent().getError()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"DENIED,403,gatehouseLimitDenied", "UNAVAILABLE,503,gatehouseLimitUnavailable"})
    void otherRefusalsHaveTheirOwnStatus(Verdict.Outcome outcome, int status, String message) {
        door.limiter.decides(outcome);

        Terminal terminal = guesses("alice", Door.PASSWORD).ended();

        assertThat(terminal.call()).isEqualTo("forceChallenge");
        assertThat(terminal.answer().getStatus()).isEqualTo(status);
        assertThat(terminal.shown().errorKeys()).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXEMPT", "OBSERVED"})
    void whatIsNotRefusedGoesOn(Verdict.Outcome outcome) {
        door.limiter.decides(outcome);

        assertThat(guesses("alice", Door.PASSWORD).ended().call()).isEqualTo("success");
    }

    @Test
    void whoeverTurnsBackIsNotCounted() {
        RecordingFlowContext context = posts(Map.of("cancel", "", "username", "alice", "password", "wrong"));

        assertThat(context.ended().call()).isEqualTo("cancelLogin");
        assertThat(door.order).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"authenticatorData", "error", "tryAnotherWay", "authenticationExecution", "login"})
    void withoutPasskeysNothingElseInAFormSkipsTheLimit(String parameter) {
        RecordingFlowContext context = posts(Map.of(parameter, "x", "username", "alice", "password", "wrong"));

        assertThat(context.ended().call()).isEqualTo("failureChallenge");
        assertThat(door.order).startsWith("asked");
    }

    @Test
    void aUserWhoSignsInAgainIsCountedByTheirOwnNameWhateverIsTyped() {
        door.tab.user(door.alice.model());
        door.tab.notes().put(AbstractUsernameFormAuthenticator.USER_SET_BEFORE_USERNAME_PASSWORD_AUTH, "true");

        guesses("somebody else", "wrong");

        assertThat(door.limiter.onlyAttempt().name()).isEqualTo("alice");
    }

    @Test
    void aRefusedUserWhoSignsInAgainGetsTheFormWithoutAName() {
        door.tab.user(door.alice.model());
        door.tab.notes().put(AbstractUsernameFormAuthenticator.USER_SET_BEFORE_USERNAME_PASSWORD_AUTH, "true");
        door.limiter.refuses("login-name", Duration.ofSeconds(5));

        RecordingFlowContext context = guesses("alice", "wrong");

        assertThat(context.ended().shown().attributes())
                .containsEntry("usernameHidden", true)
                .containsEntry("registrationDisabled", true);
        assertThat(context.user()).isEqualTo(door.alice.model());
    }

    @Test
    void aFormWithoutANameIsCountedToo() {
        RecordingFlowContext context = posts(Map.of("password", "wrong"));

        assertThat(context.ended().call()).isEqualTo("failureChallenge");
        assertThat(door.limiter.onlyAttempt().name()).isNull();
    }

    @Test
    void everyGuessCostsOneHashWhetherTheAccountHasOneOrNot() {
        guesses("nobody", "wrong");
        assertThat(door.order).filteredOn("hashed"::equals).hasSize(1);
        door.order.clear();

        guesses("bob", "wrong");
        assertThat(door.order).filteredOn("hashed"::equals).hasSize(1);
        door.order.clear();

        guesses("alice", "");
        assertThat(door.order).filteredOn("hashed"::equals).hasSize(1);
        door.order.clear();

        door.locks();
        guesses("alice", "wrong");
        assertThat(door.order).filteredOn("hashed"::equals).hasSize(1);
    }

    @Test
    void whereTheHashOfTheAccountIsComparedNoOtherIsMade() {
        // The double of an account compares without a hash.
        guesses("alice", "wrong");
        guesses("alice", Door.PASSWORD);

        assertThat(door.order).doesNotContain("hashed");
    }

    @Test
    void aStepHasTheRatesThatWereSetForIt() {
        door.realm.configure(door.step, Map.of("addressRate", "3/1m", "nameRate", "realm"));

        guesses("alice", "wrong");

        assertThat(door.limiter.onlyAttempt().rates())
                .isEqualTo(Map.of(LimitRule.LOGIN_ADDRESS, new Rate(3, Duration.ofMinutes(1))));
    }

    @Test
    void aRateThatIsWrongLeavesTheRealmsAndTheDoorOpen() {
        door.realm.configure(door.step, Map.of("addressRate", "lots", "nameRate", "2/1h"));

        try (CapturedLog log = new CapturedLog(StepSettings.class)) {
            assertThat(guesses("alice", Door.PASSWORD).ended().call()).isEqualTo("success");
            assertThat(log.warnings()).hasSize(1);
        }
        assertThat(door.limiter.onlyAttempt().rates())
                .isEqualTo(Map.of(LimitRule.LOGIN_NAME, new Rate(2, Duration.ofHours(1))));
    }
}
