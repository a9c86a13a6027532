// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Values that were brought into their bounds.
 *
 * @param value what holds
 * @param problems what had to be changed, a sentence each, fit for a log; empty if nothing was
 */
public record Clamped<T>(T value, List<String> problems) {

    public Clamped {
        problems = List.copyOf(problems);
    }

    /** {@code value}, or the bound next to it. */
    static int nearest(int value, int least, int most) {
        return Math.max(least, Math.min(most, value));
    }

    /** {@code value}, or the bound next to it and a problem. */
    static int nearest(String name, int value, int least, int most, List<String> problems) {
        int nearest = nearest(value, least, most);
        return value == nearest ? value : instead(name, value, least, most, nearest, problems);
    }

    /** {@code other}, and the problem that {@code value} cannot hold. */
    static int instead(String name, int value, int least, int most, int other, List<String> problems) {
        problems.add(name + " must be from " + least + " to " + most + ", not " + value + "; " + other + " is used");
        return other;
    }

    /** The algorithm of that name, or SHA-1 and a problem. */
    static OtpAlgorithm algorithm(@Nullable String hmacName, List<String> problems) {
        return OtpAlgorithm.ofHmacName(hmacName).orElseGet(() -> {
            // The name is not repeated: it may be any text, and this one goes into a log.
            problems.add("algorithm must be HmacSHA1, HmacSHA256 or HmacSHA512; HmacSHA1 is used");
            return OtpAlgorithm.SHA1;
        });
    }
}
