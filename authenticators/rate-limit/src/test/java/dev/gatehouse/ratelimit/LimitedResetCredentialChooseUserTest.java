// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.Map;

import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedResetCredentialChooseUserTest {

    private final Door door = new Door();

    private RecordingFlowContext asksFor(String name) {
        return door.posts((session, rates) -> new LimitedResetCredentialChooseUser(rates), Map.of("username", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody", "dora", ""})
    void aPermitIsTakenBeforeAnythingAndNeverGivenBack(String name) {
        RecordingFlowContext context = asksFor(name);

        assertThat(context.ended().call()).isEqualTo(name.isEmpty() ? "failureChallenge" : "success");
        assertThat(door.order).startsWith("asked");
        assertThat(door.limiter.attempts())
                .allSatisfy(attempt -> assertThat(attempt.endpoint()).isEqualTo("reset"))
                .flatExtracting(Attempt::rules)
                .containsExactly(LimitRule.RESET_ADDRESS, LimitRule.SEND_NAME);
        assertThat(door.limiter.givenBack()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void aRefusalIsTheSameFormWithTheNameAndLooksAtNothing(String name) {
        door.forbidLookingForAccounts();
        door.limiter.refuses("reset-address", Duration.ofHours(3));

        RecordingFlowContext context = asksFor(" " + name);

        assertThat(context.ended().call()).isEqualTo("forceChallenge");
        assertThat(context.ended().answer().getStatus()).isEqualTo(429);
        assertThat(context.ended().answer().getHeaderString("Retry-After")).isEqualTo("10800");
        assertThat(context.ended().shown().template()).isEqualTo("login-reset-password.ftl");
        assertThat(context.ended().shown().errorKeys()).containsExactly("gatehouseLimitHours");
        assertThat(door.tab.notes()).containsEntry("ATTEMPTED_USERNAME", name);
        assertThat(door.onlyEvent().getType()).isEqualTo(EventType.LOGIN_ERROR);
        assertThat(door.onlyEvent().getError()).isEqualTo("rate_limited");
    }

    @Test
    void aNameThatHasGotItsMailsGoesOnAsANameOfNobody() {
        door.limiter.refuses(LimitRule.SEND_NAME, Duration.ofMinutes(20));
        door.forbidLookingForAccounts();

        RecordingFlowContext context = asksFor("alice");

        assertThat(context.ended().call()).isEqualTo("success");
        assertThat(door.tab.user()).isNull();
        assertThat(door.onlyEvent().getDetails()).containsEntry("gatehouse_rule", "send-name");
    }
}
