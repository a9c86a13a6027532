// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedPasswordFormTest {

    /** Keycloak tells its own log of names that several accounts have, with a trace. */
    private final CapturedLog keycloak = new CapturedLog("org.keycloak.services");

    private final Door door = new Door();

    @AfterEach
    void endLog() {
        keycloak.close();
    }

    private RecordingFlowContext posts(Map<String, String> form) {
        return door.posts(LimitedPasswordForm::new, form);
    }

    private RecordingFlowContext guesses(String password) {
        return posts(Map.of("password", password));
    }

    /** As {@code gatehouse-username-form} leaves the tab. */
    private void typed(String name) {
        door.tab.notes().put("ATTEMPTED_USERNAME", name);
        door.tab.notes().put("USERNAME_HIDDEN", "true");
    }

    @Test
    void itNeedsNoUser() {
        assertThat(new LimitedPasswordForm(door.request().session().model(), Door.formRates()).requiresUser())
                .isFalse();
    }

    @Test
    void afterANameWasTypedARightPasswordSignsIn() {
        typed("alice");

        RecordingFlowContext context = guesses(Door.PASSWORD);

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isEqualTo(door.alice.model());
        assertThat(door.tab.notes()).containsEntry(AuthenticationManager.PASSWORD_VALIDATED, "true");
        assertThat(door.order).startsWith("asked", "looked up");
        assertThat(door.limiter.onlyAttempt())
                .isEqualTo(Attempt.at("login", LimitRule.LOGIN_ADDRESS, LimitRule.LOGIN_NAME)
                        .naming("alice"));
        assertThat(door.limiter.givenBack()).hasSize(1);
    }

    @Test
    void aMailAddressIsANameToo() {
        typed("alice@example.org");

        assertThat(guesses(Door.PASSWORD).ended().call()).isEqualTo("success");
        assertThat(door.limiter.onlyAttempt().name()).isEqualTo("alice@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", ""})
    void whateverStandsInTheWayThePageIsThatOfAWrongPassword(String password) {
        typed("alice");
        RecordingFlowContext wrong = guesses(password);
        List<String> expected = wrong.formCalls();
        assertThat(wrong.ended().shown().template()).isEqualTo("login-password.ftl");
        assertThat(wrong.ended().shown().errorKeys()).containsExactly("invalidPasswordMessage");

        for (String name : List.of("nobody", "nobody@example.org", "dora", "bob")) {
            typed(name);
            RecordingFlowContext context = guesses(password);

            assertThat(context.formCalls()).as(name).isEqualTo(expected);
            assertThat(context.ended().answer().getStatus()).isEqualTo(200);
            assertThat(context.user()).isNull();
        }
        typed("alice");
        door.locks();
        assertThat(guesses(password).formCalls()).isEqualTo(expected);
        door.everyNameIsTaken(UserModel.USERNAME);
        assertThat(guesses(password).formCalls()).isEqualTo(expected);

        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nobody,user_not_found", "dora,user_disabled", "bob,invalid_user_credentials"})
    void theOperatorLearnsWhatStoodInTheWay(String name, String error) {
        typed(name);

        RecordingFlowContext context = guesses("wrong");

        // There was nothing to guess: it must not feed a lockout.
        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(door.onlyEvent().getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(door.onlyEvent().getError()).isEqualTo(error);
        assertThat(door.onlyEvent().getDetails()).containsEntry("username", name);
    }

    @Test
    void aDisabledAccountStaysShutForTheRightPassword() {
        typed("dora");

        assertThat(guesses(Door.PASSWORD).ended().call()).isEqualTo("forceChallenge");
        assertThat(door.order).containsExactly("asked", "looked up", "hashed");
    }

    @Test
    void aLockedAccountStaysShutForTheRightPassword() {
        typed("alice");
        door.locks();

        assertThat(guesses(Door.PASSWORD).ended().call()).isEqualTo("forceChallenge");
        assertThat(door.onlyEvent().getError()).isEqualTo("user_temporarily_disabled");
        assertThat(door.order).containsExactly("asked", "looked up", "hashed");
    }

    @ParameterizedTest
    @CsvSource({"email,email_in_use", "username,username_in_use"})
    void aNameOfSeveralAccountsIsToldToTheOperatorOnly(String field, String error) {
        typed("alice");
        door.everyNameIsTaken(field);

        assertThat(guesses(Door.PASSWORD).ended().call()).isEqualTo("forceChallenge");
        assertThat(door.onlyEvent().getError()).isEqualTo(error);
        assertThat(door.order).containsExactly("asked", "looked up", "hashed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "dora", "bob"})
    void everyGuessCostsOneHash(String name) {
        typed(name);

        guesses("wrong");

        assertThat(door.order).containsExactly("asked", "looked up", "hashed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "dora", "bob", "alice"})
    void noPasswordCostsNone(String name) {
        typed(name);

        guesses("");
        posts(Map.of());

        assertThat(door.order).containsExactly("asked", "looked up", "asked", "looked up");
    }

    @Test
    void aWrongPasswordOfAnAccountFeedsTheLockout() {
        typed("alice");

        assertThat(guesses("wrong").ended().call()).isEqualTo("failureChallenge");
        assertThat(door.onlyEvent().getError()).isEqualTo("invalid_user_credentials");
        assertThat(door.onlyEvent().getUserId()).isEqualTo("user-alice");
    }

    @Test
    void withoutAnyNameNobodySignsIn() {
        RecordingFlowContext context = guesses(Door.PASSWORD);

        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(door.onlyEvent().getError()).isEqualTo("user_not_found");
        assertThat(door.limiter.onlyAttempt().name()).isNull();
    }

    @Test
    void theNameIsTheOneThatTheTabHoldsWhateverIsPosted() {
        typed("nobody");

        posts(Map.of("username", "alice", "password", Door.PASSWORD));

        assertThat(door.tab.user()).isNull();
        assertThat(door.limiter.onlyAttempt().name()).isEqualTo("nobody");
    }

    @Test
    void whereTheFlowHasFoundTheUserItWorksAsKeycloaks() {
        door.tab.user(door.alice.model());
        door.forbidLookingForAccounts();
        typed("something else");

        RecordingFlowContext wrong = guesses("wrong");
        assertThat(wrong.ended().call()).isEqualTo("failureChallenge");
        assertThat(wrong.user()).isEqualTo(door.alice.model());
        assertThat(door.limiter.givenBack()).isEmpty();

        RecordingFlowContext right = guesses(Door.PASSWORD);
        assertThat(right.ended().call()).isEqualTo("success");
        assertThat(door.limiter.attempts()).extracting(Attempt::name).containsOnly("alice");
        assertThat(door.limiter.givenBack()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody", "dora", "bob"})
    void aRefusalIsTheSameForEveryName(String name) {
        typed(name);
        door.forbidLookingForAccounts();
        door.limiter.refuses("login-name", Duration.ofMinutes(3));

        RecordingFlowContext context = guesses(Door.PASSWORD);

        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(context.ended().answer().getStatus()).isEqualTo(429);
        assertThat(context.ended().answer().getHeaderString("Retry-After")).isEqualTo("180");
        assertThat(context.ended().shown().template()).isEqualTo("login-password.ftl");
        assertThat(context.ended().shown().errorKeys()).containsExactly("gatehouseLimitMinutes");
        assertThat(context.formCalls())
                .containsExactly(
                        "setError[gatehouseLimitMinutes, [3]]", "setExecution[execution-1]", "createLoginPassword[]");
        assertThat(door.order).containsExactly("asked");
    }

    @Test
    void whoeverTurnsBackIsNotCounted() {
        typed("alice");

        assertThat(posts(Map.of("cancel", "", "password", "x")).ended().call()).isEqualTo("cancelLogin");
        assertThat(door.order).isEmpty();
    }

    @Test
    void withoutPasskeysTheAnswerOfOneDoesNotSkipTheLimit() {
        typed("alice");

        posts(Map.of("authenticatorData", "x", "password", "wrong"));

        assertThat(door.order).startsWith("asked");
    }
}
