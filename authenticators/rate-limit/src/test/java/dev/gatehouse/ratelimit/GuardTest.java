// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.HashMap;
import java.util.Map;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which submissions Keycloak's forms answer without a look at what was typed. */
class GuardTest {

    private static final Map<String, String> ANSWER = Map.of(
            "authenticatorData", "YQ",
            "clientDataJSON", "YQ",
            "credentialId", "YQ",
            "signature", "YQ",
            "userHandle", "YQ",
            "error", "");

    private final Door door = new Door();

    private boolean isNothingTyped(boolean passkeys, Map<String, String> form) {
        return Guard.isNothingTyped(
                Guard.form(door.request().posting(new HashMap<>(form)).model(), passkeys));
    }

    private static Map<String, String> answerBut(String name, String value) {
        Map<String, String> answer = new HashMap<>(ANSWER);
        answer.put(name, value);
        return answer;
    }

    @Test
    void theAnswerOfAPasskeyCountsAsOneOnlyFromWhomMayGiveOne() {
        assertThat(isNothingTyped(true, ANSWER)).isTrue();
        assertThat(isNothingTyped(false, ANSWER)).isFalse();
    }

    @Test
    void whoDidNotUseThePasskeyHasTypedNothing() {
        assertThat(isNothingTyped(true, Map.of("error", "NotAllowedError"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"username,alice", "password,wrong"})
    void whatIsTypedBesideAnAnswerIsCounted(String name, String value) {
        assertThat(isNothingTyped(true, answerBut(name, value))).isFalse();
        assertThat(isNothingTyped(true, Map.of("error", "x", name, value))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"authenticatorData", "clientDataJSON", "credentialId", "signature", "userHandle"})
    void whatCannotBeReadIsNoAnswer(String part) {
        assertThat(isNothingTyped(true, answerBut(part, "no Base64url!"))).isFalse();
    }

    @Test
    void keycloaksFormNoLongerSeesAnAnswerWhereSomethingIsCounted() {
        MultivaluedMap<String, String> form = Guard.form(
                door.request().posting(answerBut("username", "alice")).model(), true);

        assertThat(form).doesNotContainKeys("authenticatorData", "error").containsKey("username");
    }

    @ParameterizedTest
    @ValueSource(strings = {"credentialId", "clientDataJSON", "signature", "Cancel", "cancel2", "authenticatordata"})
    void otherParametersAreNoAnswer(String parameter) {
        assertThat(isNothingTyped(true, Map.of(parameter, "x"))).isFalse();
    }

    @Test
    void whoeverTurnsBackIsNotCounted() {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("cancel", "x");

        assertThat(Guard.isNothingTyped(form)).isTrue();
    }
}
