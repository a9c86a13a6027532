// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How codes by time are made, and how far a clock may be off.
 *
 * @param algorithm the hash function
 * @param digits how long a code is, from 6 to 8
 * @param periodSeconds how long the app shows one code, from 15 to 60 seconds
 * @param drift how many periods before and after the current one are accepted, 0 or 1
 */
public record OtpParameters(OtpAlgorithm algorithm, int digits, int periodSeconds, int drift) {

    private static final int SHORTEST_PERIOD = 15;
    private static final int LONGEST_PERIOD = 60;
    /** The only period that every app knows. */
    private static final int USUAL_PERIOD = 30;

    private static final int MOST_DRIFT = 1;

    public OtpParameters {
        if (!accepts(digits, periodSeconds, drift)) {
            throw new IllegalArgumentException("No codes with " + digits + " digits, a period of " + periodSeconds
                    + " seconds and a drift of " + drift);
        }
    }

    /**
     * The parameters of a device that exists, in a realm whose policy allows {@code drift}, whatever that is. Empty if the
     * device's own are out of bounds or its algorithm is unknown: brought into bounds they would be another device's, as
     * this one goes on making the codes that it makes.
     *
     * @param hmacName the {@linkplain OtpAlgorithm#hmacName() name} of the algorithm
     */
    public static Optional<OtpParameters> ofDevice(
            @Nullable String hmacName, int digits, int periodSeconds, int drift) {
        int allowed = Clamped.nearest(drift, 0, MOST_DRIFT);
        return OtpAlgorithm.ofHmacName(hmacName)
                .filter(algorithm -> accepts(digits, periodSeconds, allowed))
                .map(algorithm -> new OtpParameters(algorithm, digits, periodSeconds, allowed));
    }

    /**
     * The parameters for a new device, whatever a realm's policy holds: what is out of bounds becomes the next that is
     * possible. A period of 0 or less, which is one that nobody set, becomes 30 seconds.
     *
     * @param hmacName the {@linkplain OtpAlgorithm#hmacName() name} of the algorithm
     */
    public static Clamped<OtpParameters> clamped(@Nullable String hmacName, int digits, int periodSeconds, int drift) {
        List<String> problems = new ArrayList<>();
        OtpParameters parameters = new OtpParameters(
                Clamped.algorithm(hmacName, problems),
                Clamped.nearest("digits", digits, Otp.FEWEST_DIGITS, Otp.MOST_DIGITS, problems),
                period(periodSeconds, problems),
                Clamped.nearest("drift", drift, 0, MOST_DRIFT, problems));
        return new Clamped<>(parameters, problems);
    }

    private static int period(int seconds, List<String> problems) {
        return seconds <= 0
                ? Clamped.instead("period", seconds, SHORTEST_PERIOD, LONGEST_PERIOD, USUAL_PERIOD, problems)
                : Clamped.nearest("period", seconds, SHORTEST_PERIOD, LONGEST_PERIOD, problems);
    }

    private static boolean accepts(int digits, int periodSeconds, int drift) {
        return digits >= Otp.FEWEST_DIGITS
                && digits <= Otp.MOST_DIGITS
                && periodSeconds >= SHORTEST_PERIOD
                && periodSeconds <= LONGEST_PERIOD
                && drift >= 0
                && drift <= MOST_DRIFT;
    }
}
