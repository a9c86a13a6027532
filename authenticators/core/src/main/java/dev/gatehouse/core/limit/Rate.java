// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.core.settings.Setting;

/**
 * So many tries in any window of time of this length.
 *
 * @param permits from 1 to {@value #MOST_PERMITS}
 * @param window whole seconds, from one second to a day
 */
public record Rate(int permits, Duration window) {

    /** More would make a counter's record large: a store keeps one time for each try in the window. */
    public static final int MOST_PERMITS = 1000;

    /** What {@link #parse} accepts, as a phrase that can follow "must be". */
    public static final String RANGE =
            "a number of tries from 1 to 1000, a slash and a time from 1s to 1d, such as 5/1m or 10/15m";

    /** The longest window of any rate. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\s*/\\s*(\\d{1,5})\\s*([smhd])");

    public Rate {
        if (!accepts(permits, window)) {
            throw new IllegalArgumentException(permits + " in " + window + " is not " + RANGE);
        }
    }

    /** Reads a text such as {@code 5/1m}; empty if it is not {@linkplain #RANGE what is accepted}. */
    public static Optional<Rate> parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int permits = Integer.parseInt(matcher.group(1));
        long amount = Long.parseLong(matcher.group(2));
        Duration window =
                switch (matcher.group(3)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
        return accepts(permits, window) ? Optional.of(new Rate(permits, window)) : Optional.empty();
    }

    /** A setting that holds a rate. */
    public static Setting<Rate> setting(String key, String label, String help, String defaultText) {
        return Setting.text(key, label, help, defaultText, RANGE, Rate::parse);
    }

    /** As many times the permits, as far as a rate can hold them, in the same window. */
    public Rate times(int factor) {
        return new Rate(Math.min(MOST_PERMITS, Math.multiplyExact(permits, factor)), window);
    }

    private static boolean accepts(int permits, Duration window) {
        return permits >= 1
                && permits <= MOST_PERMITS
                && window.compareTo(Duration.ofSeconds(1)) >= 0
                && window.compareTo(LONGEST) <= 0
                && window.equals(Duration.ofSeconds(window.toSeconds()));
    }
}
