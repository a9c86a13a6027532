// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How codes by counter are made, and how far the device may be ahead.
 *
 * @param algorithm the hash function
 * @param digits how long a code is, from 6 to 8
 * @param lookAhead how many counters after the expected one are accepted, from 0 to 10
 */
public record CounterParameters(OtpAlgorithm algorithm, int digits, int lookAhead) {

    private static final int MOST_LOOK_AHEAD = 10;

    public CounterParameters {
        if (!accepts(digits, lookAhead)) {
            throw new IllegalArgumentException(
                    "No codes with " + digits + " digits and a look-ahead of " + lookAhead + " counters");
        }
    }

    /**
     * The parameters of a device that exists, in a realm whose policy allows {@code lookAhead}, whatever that is. Empty if
     * the device's own are out of bounds or its algorithm is unknown: brought into bounds they would be another device's,
     * as this one goes on making the codes that it makes.
     *
     * @param hmacName the {@linkplain OtpAlgorithm#hmacName() name} of the algorithm
     */
    public static Optional<CounterParameters> ofDevice(@Nullable String hmacName, int digits, int lookAhead) {
        int allowed = Clamped.nearest(lookAhead, 0, MOST_LOOK_AHEAD);
        return OtpAlgorithm.ofHmacName(hmacName)
                .filter(algorithm -> accepts(digits, allowed))
                .map(algorithm -> new CounterParameters(algorithm, digits, allowed));
    }

    /**
     * The parameters for a new device, whatever a realm's policy holds: what is out of bounds becomes the next that is
     * possible.
     *
     * @param hmacName the {@linkplain OtpAlgorithm#hmacName() name} of the algorithm
     */
    public static Clamped<CounterParameters> clamped(@Nullable String hmacName, int digits, int lookAhead) {
        List<String> problems = new ArrayList<>();
        CounterParameters parameters = new CounterParameters(
                Clamped.algorithm(hmacName, problems),
                Clamped.nearest("digits", digits, Otp.FEWEST_DIGITS, Otp.MOST_DIGITS, problems),
                Clamped.nearest("look-ahead", lookAhead, 0, MOST_LOOK_AHEAD, problems));
        return new Clamped<>(parameters, problems);
    }

    private static boolean accepts(int digits, int lookAhead) {
        return digits >= Otp.FEWEST_DIGITS
                && digits <= Otp.MOST_DIGITS
                && lookAhead >= 0
                && lookAhead <= MOST_LOOK_AHEAD;
    }
}
