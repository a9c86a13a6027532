// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.time.Duration;
import java.util.List;

/**
 * The time step whose code somebody typed. It signs nobody in until it is claimed: a step may be accepted once, and none
 * that is not later than the newest accepted.
 *
 * <p>Who claims {@link #step}, in a way that one caller only can, and then all {@link #older}, whether they were claimed
 * before or not, keeps that rule with claims alone, over all nodes, and has to read nothing.
 *
 * @param step the newest step with that code
 * @param older steps before it that some node could still accept, newest first
 * @param keep how long a claim must last at least
 */
public record StepMatch(long step, List<Long> older, Duration keep) {

    public StepMatch {
        older = List.copyOf(older);
    }
}
