// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Whether a typed code is one of those that an app shows about now (RFC 6238).
 *
 * <p>Guaranteed: every step of the window is looked at, whatever was typed, so the time that the answer takes tells
 * nothing. Any text and any instant has an answer. Not guaranteed: that a code works once; see {@link StepMatch}.
 */
public final class TimeBasedCheck {

    private TimeBasedCheck() {}

    /**
     * The step with the code that was typed, or empty.
     *
     * <p>Two steps of a window can have the same code. Then it is the newer: to claim the older would let the same code
     * in once more. Nobody is refused by that: where the newest step of the two cannot be accepted, as it or a later one
     * was, the older one cannot be either.
     *
     * @param typed whatever somebody typed; spaces and hyphens do not matter
     */
    public static Optional<StepMatch> match(
            OtpSecret secret, OtpParameters parameters, Instant now, @Nullable String typed) {
        byte[] bytes = secret.reveal();
        int digits = parameters.digits();
        long first = step(parameters, now) - parameters.drift();
        OptionalLong step = Guess.of(typed, digits)
                .newest(
                        first,
                        2 * parameters.drift() + 1,
                        factor -> Otp.code(bytes, factor, digits, parameters.algorithm()));
        return step.isEmpty() ? Optional.empty() : Optional.of(matched(step.getAsLong(), first, parameters));
    }

    /** The number of the step that {@code now} is in. */
    static long step(OtpParameters parameters, Instant now) {
        return Math.floorDiv(now.getEpochSecond(), (long) parameters.periodSeconds());
    }

    private static StepMatch matched(long step, long first, OtpParameters parameters) {
        List<Long> older = new ArrayList<>();
        // One more than the window has: nodes do not have quite the same time.
        for (long before = step - 1; before >= first - 1; before--) {
            older.add(before);
        }
        // A step that came as early as can be, until it is over for a node that is late by a period.
        long periods = 2L * parameters.drift() + 2;
        return new StepMatch(step, older, Duration.ofSeconds(periods * parameters.periodSeconds()));
    }
}
