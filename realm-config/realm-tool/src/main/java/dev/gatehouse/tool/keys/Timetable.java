// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When which step may be taken.
 *
 * @param publication how long a key is published before it signs, at least {@link #LEAST_WAIT}
 */
record Timetable(Duration publication, Lives lives) {

    /**
     * The pack's verifier asks for keys anew after 5 minutes, 24 hours if somebody has set that, and gateways of clouds after
     * an hour. Whoever lets verifiers keep keys longer has to wait longer.
     */
    static final Duration LEAST_WAIT = Duration.ofHours(1);

    /** Nodes of a cluster, and their clocks, are not quite as one. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    Instant promotion(KeyName published) {
        return published.since().plus(publication);
    }

    /** From then on no token is good that an older key than this one has signed. */
    Instant passivity(KeyName signs) {
        return signs.since().plus(lives.tokens()).plus(MARGIN);
    }

    /** From then on no session has an ID token of an older key than this one. */
    Instant removal(KeyName signs) {
        return signs.since().plus(lives.sessions()).plus(MARGIN);
    }

    /** Why it is too early; empty if it is not. */
    static Optional<String> tooEarly(Instant from, Instant now, String what, String why) {
        return now.isBefore(from)
                ? Optional.of("too early to " + what + ": possible from " + from + " (in "
                        + spoken(Duration.between(now, from)) + "), for " + why)
                : Optional.empty();
    }

    /** A length of time in its two greatest units. */
    static String spoken(Duration time) {
        long days = time.toDays();
        if (days > 0) {
            return days + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
