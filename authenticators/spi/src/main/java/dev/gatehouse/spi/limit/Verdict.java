// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.Duration;

import dev.gatehouse.core.limit.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Whether an attempt goes on.
 *
 * @param outcome what was decided
 * @param rule the rule that refused it, as events name it; empty if none did
 * @param retryAfter how long to wait; zero if the attempt goes on, or if waiting does not help
 * @param permits what can be given back; null if there is nothing
 */
public record Verdict(Outcome outcome, String rule, Duration retryAfter, Decision.@Nullable Allowed permits) {

    /** What was decided. */
    public enum Outcome {
        /** Counted, and there was room. */
        ALLOWED,
        /** Not counted: the realm's limits are off, or the address is on its allow-list. */
        EXEMPT,
        /** It would have been refused, but the realm only observes. */
        OBSERVED,
        /** There was no room. */
        REFUSED,
        /** The address is on the realm's deny-list. */
        DENIED,
        /** It could not be counted, and must not go on uncounted. */
        UNAVAILABLE
    }

    /** Whether the attempt goes on. */
    public boolean goesOn() {
        return outcome == Outcome.ALLOWED || outcome == Outcome.EXEMPT || outcome == Outcome.OBSERVED;
    }

    /** The wait in whole seconds, rounded up: after them a try goes through. */
    public long waitSeconds() {
        return (retryAfter.toMillis() + 999) / 1000;
    }

    static Verdict goingOn(Outcome outcome, Decision.@Nullable Allowed permits) {
        return new Verdict(outcome, "", Duration.ZERO, permits);
    }
}
