// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetriesTest {

    /** Yields the lowest number of its range. */
    private static final RandomGenerator LEAST = () -> 0;

    /** Yields the highest number of its range. */
    private static final RandomGenerator MOST = () -> -1;

    @Test
    void eachWaitIsTwiceTheOneBefore() {
        Retries retries = new Retries(4, Duration.ofSeconds(2), LEAST);

        assertThat(retries.after(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(retries.after(2)).isEqualTo(Duration.ofSeconds(4));
        assertThat(retries.after(3)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aWaitIsLessThanAQuarterLonger() {
        Retries retries = new Retries(4, Duration.ofSeconds(2), MOST);

        assertThat(retries.after(1)).isBetween(Duration.ofMillis(2499), Duration.ofMillis(2500));
        assertThat(retries.after(2)).isBetween(Duration.ofMillis(4999), Duration.ofMillis(5000));
    }

    @Test
    void theLongestWaitThatCanBeSetIsAWait() {
        assertThat(new Retries(10, Duration.ofMinutes(5), MOST).after(9)).isLessThan(Duration.ofHours(27));
    }
}
