// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedUsernameFormTest {

    private final Door door = new Door();

    @BeforeEach
    void nobodyLooksForAccounts() {
        door.forbidLookingForAccounts();
    }

    private RecordingFlowContext posts(Map<String, String> form) {
        return door.posts(LimitedUsernameForm::new, form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody", "dora", "bob", "alice@example.org", "x' or 1=1 --", "<b>\u202e"})
    void itGoesOnWithWhateverIsTyped(String name) {
        RecordingFlowContext context = posts(Map.of("username", " " + name + "\t"));

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isNull();
        assertThat(context.formCalls()).isEmpty();
        assertThat(door.tab.notes())
                .containsExactlyInAnyOrderEntriesOf(Map.of("ATTEMPTED_USERNAME", name, "USERNAME_HIDDEN", "true"));
        assertThat(door.events()).isEmpty();
    }

    @Test
    void aSuccessHereGivesNothingBack() {
        posts(Map.of("username", "alice"));

        assertThat(door.limiter.onlyAttempt())
                .isEqualTo(Attempt.at("identify", LimitRule.LOGIN_ADDRESS).naming("alice"));
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void theBrowserIsRememberedAsWithKeycloaksForm() {
        door.realm.rememberMe();

        posts(Map.of("username", "alice", "rememberMe", "on"));
        assertThat(door.tab.notes()).containsEntry("remember_me", "true");

        posts(Map.of("username", "alice"));
        assertThat(door.tab.notes()).doesNotContainKey("remember_me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t"})
    void nothingTypedIsKeycloaksMistake(String nothing) {
        RecordingFlowContext context = posts(Map.of("username", nothing));

        assertThat(context.ended().call()).isEqualTo("failureChallenge");
        assertThat(context.ended().shown().template()).isEqualTo("login-username.ftl");
        assertThat(context.ended().shown().errorKeys()).containsExactly("invalidUsernameOrEmailMessage");
        assertThat(context.ended().shown().errors().get(0).getField()).isEqualTo("username");
        assertThat(door.onlyEvent().getError()).isEqualTo("user_not_found");
        assertThat(door.tab.notes()).isEmpty();
        assertThat(door.limiter.attempts()).hasSize(1);
    }

    @Test
    void aFormWithoutTheFieldIsTheSameMistake() {
        assertThat(posts(Map.of()).ended().call()).isEqualTo("failureChallenge");
    }

    @Test
    void aRefusalIsTheSameFormAndForgetsTheName() {
        door.limiter.refuses("login-address", Duration.ofSeconds(9));

        RecordingFlowContext context = posts(Map.of("username", "alice"));

        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(context.ended().answer().getStatus()).isEqualTo(429);
        assertThat(context.ended().answer().getHeaderString("Retry-After")).isEqualTo("9");
        assertThat(context.ended().shown().template()).isEqualTo("login-username.ftl");
        assertThat(context.ended().shown().errorKeys()).containsExactly("gatehouseLimitSeconds");
        assertThat(door.tab.notes()).isEmpty();
        assertThat(door.onlyEvent().getError()).isEqualTo("rate_limited");
    }

    @Test
    void whoeverTurnsBackIsNotCounted() {
        assertThat(posts(Map.of("cancel", "x", "username", "alice")).ended().call())
                .isEqualTo("cancelLogin");
        assertThat(door.order).isEmpty();
    }

    @Test
    void aUserWhoIsKnownIsNotAskedAgain() {
        door.server.users().on("getFederatedIdentitiesStream", call -> Stream.of());
        door.tab.user(door.alice.model());

        assertThat(door.reaches(LimitedUsernameForm::new).ended().call()).isEqualTo("success");
        assertThat(door.limiter.attempts()).isEmpty();
    }

    @Test
    void aUserWhoIsKnownAndPostsGoesOnWithTheirOwnNameAndGivesNothingBack() {
        door.tab.user(door.alice.model());
        door.tab.notes().put("USER_SET_BEFORE_USERNAME_PASSWORD_AUTH", "true");

        RecordingFlowContext context = posts(Map.of("username", "dora"));

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(context.user()).isEqualTo(door.alice.model());
        assertThat(door.tab.notes()).doesNotContainKeys("ATTEMPTED_USERNAME", "USERNAME_HIDDEN");
        assertThat(door.limiter.onlyAttempt().name()).isEqualTo("alice");
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @Test
    void theHintOfTheClientStandsInTheField() {
        door.tab.clientNotes().put("login_hint", "hint@example.org");

        RecordingFlowContext context = door.reaches(LimitedUsernameForm::new);

        assertThat(context.ended().call()).isEqualTo("challenge");
        assertThat(context.ended().shown().template()).isEqualTo("login-username.ftl");
        assertThat(context.formCalls())
                .isEqualTo(List.of("setFormData[{username=[hint@example.org]}]", "createLoginUsername[]"));
    }
}
