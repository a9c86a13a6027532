// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.gatehouse.tool.keys.KeyName.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimetableTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Timetable SHIPPED =
            new Timetable(Duration.ofHours(1), new Lives(Duration.ofMinutes(10), Duration.ofDays(7)));

    @Test
    void aNewKeyWaitsForVerifiers() {
        assertThat(SHIPPED.promotion(new KeyName(Phase.PUBLISHED, NOON))).isEqualTo("2026-01-31T13:00:00Z");
    }

    @Test
    void anOldKeyStaysAsLongAsItsTokens() {
        assertThat(SHIPPED.passivity(new KeyName(Phase.SIGNS, NOON))).isEqualTo("2026-01-31T12:11:00Z");
    }

    @Test
    void aPassiveKeyStaysAsLongAsItsSessions() {
        assertThat(SHIPPED.removal(new KeyName(Phase.SIGNS, NOON))).isEqualTo("2026-02-07T12:01:00Z");
    }

    @Test
    void tooEarlyIsBeforeTheTimeAndNotAtIt() {
        assertThat(Timetable.tooEarly(NOON, NOON, "act", "so")).isEmpty();
        assertThat(Timetable.tooEarly(NOON, NOON.minusSeconds(61), "act", "so"))
                .contains("too early to act: possible from 2026-01-31T12:00:00Z (in 1 min 1 s), for so");
    }

    @ParameterizedTest
    @CsvSource({"59, 0 min 59 s", "3661, 1 h 1 min", "604800, 7 d 0 h"})
    void aTimeIsSpokenInItsTwoGreatestUnits(long seconds, String spoken) {
        assertThat(Timetable.spoken(Duration.ofSeconds(seconds))).isEqualTo(spoken);
    }

    @Test
    void livesAreTheLongestOfRealmAndClients() {
        String realm =
                "{'accessTokenLifespan': 600, 'accessTokenLifespanForImplicitFlow': 300, 'ssoSessionMaxLifespan': 36000,"
                        + " 'ssoSessionMaxLifespanRememberMe': 72000, 'offlineSessionMaxLifespanEnabled': %s,"
                        + " 'offlineSessionMaxLifespan': 604800}";

        assertThat(lives(realm.formatted("true"), "{}"))
                .isEqualTo(new Lives(Duration.ofMinutes(10), Duration.ofDays(7)));
        assertThat(lives(realm.formatted("false"), "{'attributes': {'access.token.lifespan': '1800'}}"))
                .isEqualTo(new Lives(Duration.ofMinutes(30), Duration.ofHours(20)));
        assertThat(lives(realm.formatted("false"), "{'attributes': {'access.token.lifespan': '-1'}}"))
                .isEqualTo(new Lives(Duration.ofHours(20), Duration.ofHours(20)));
    }

    private static Lives lives(String realm, String client) {
        return Lives.of(RingTest.json(realm), List.of(RingTest.json(client)));
    }
}
