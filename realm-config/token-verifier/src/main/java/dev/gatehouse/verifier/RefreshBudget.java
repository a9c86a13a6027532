// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.time.Duration;
import java.time.Instant;

/**
 * How often the key server may be asked because a request wants it: three times at once, and then once in five seconds.
 *
 * <p>Not safe for use by several threads; the key ring holds its lock.
 */
final class RefreshBudget {

    static final int BURST = 3;
    static final Duration STEP = Duration.ofSeconds(5);

    private int left = BURST;
    private Instant countedAt = Instant.MIN;

    boolean take(Instant now) {
        if (left == BURST || now.isBefore(countedAt)) {
            // Full, or the clock was set back: count from here.
            countedAt = now;
        }
        long steps = Duration.between(countedAt, now).dividedBy(STEP);
        left = (int) Math.min(BURST, left + steps);
        countedAt = countedAt.plus(STEP.multipliedBy(steps));
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
