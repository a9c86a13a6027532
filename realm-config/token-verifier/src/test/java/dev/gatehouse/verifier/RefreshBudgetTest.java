// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RefreshBudgetTest {

    private final RefreshBudget budget = new RefreshBudget();
    private final Instant start = Instant.parse("2026-05-04T10:00:00Z");

    private int taken(Instant now, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.take(now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void allowsABurstOfThreeAndThenOneInFiveSeconds() {
        assertThat(taken(start, 10)).isEqualTo(3);
        assertThat(taken(start.plusMillis(4_999), 10)).isZero();
        assertThat(taken(start.plusSeconds(5), 10)).isEqualTo(1);
        assertThat(taken(start.plusSeconds(14), 10)).isEqualTo(1);
        assertThat(taken(start.plusSeconds(15), 10))
                .as("the rest of the last step counts")
                .isEqualTo(1);
    }

    @Test
    void savesUpNoMoreThanTheBurst() {
        assertThat(taken(start, 10)).isEqualTo(3);
        assertThat(taken(start.plus(Duration.ofDays(365)), 10)).isEqualTo(3);
    }

    @Test
    void neitherStallsNorOverflowsWhenTheClockIsSetBack() {
        assertThat(taken(start, 10)).isEqualTo(3);
        Instant back = start.minus(Duration.ofDays(1));
        assertThat(taken(back, 10)).isZero();
        assertThat(taken(back.plusSeconds(5), 10)).isEqualTo(1);
    }
}
