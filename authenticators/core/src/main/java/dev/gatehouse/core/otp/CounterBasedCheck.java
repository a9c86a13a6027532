// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Whether a typed code is one of the next that a device with a button shows (RFC 4226).
 *
 * <p>Guaranteed: every counter of the window is looked at, whatever was typed, so the time that the answer takes tells
 * nothing. Any text and any counter has an answer. Not guaranteed: that a code works once. Who asks must claim the counter
 * in a way that one caller only can, then all below it from the expected one on, and store the one after it as the next
 * that is expected, unless a higher one is stored already.
 */
public final class CounterBasedCheck {

    private CounterBasedCheck() {}

    /**
     * The counter with the code that was typed, from {@code expected} on as far as the parameters look ahead, or empty.
     *
     * <p>Of several with the same code it is the highest: any other would let the same code in once more. A device that
     * was at a lower one has to be pressed until it has caught up.
     *
     * @param typed whatever somebody typed; spaces and hyphens do not matter
     */
    public static OptionalLong match(
            OtpSecret secret, CounterParameters parameters, long expected, @Nullable String typed) {
        byte[] bytes = secret.reveal();
        int digits = parameters.digits();
        return Guess.of(typed, digits)
                .newest(
                        expected,
                        parameters.lookAhead() + 1,
                        factor -> Otp.code(bytes, factor, digits, parameters.algorithm()));
    }
}
