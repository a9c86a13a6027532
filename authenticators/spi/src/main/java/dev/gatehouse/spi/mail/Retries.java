// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often to try, and how long to wait in between: each wait is twice the one before, and up to a quarter longer, so
 * that mails that failed together do not come back together.
 *
 * @param attempts the tries in all, the first included
 * @param first the wait after the first
 * @param random where the quarter comes from
 */
record Retries(int attempts, Duration first, RandomGenerator random) {

    /** The wait after so many tries that failed. */
    Duration after(int failures) {
        long millis = first.toMillis() << (failures - 1);
        return Duration.ofMillis(millis + (long) (random.nextDouble() * millis / 4));
    }
}
