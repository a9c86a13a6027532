// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a key provider that tells how far its key has come: {@code rs256 signs since 2026-01-31T12:00:00Z}.
 *
 * @param phase what the key does
 * @param since when it began, by the server's clock, not too early by more than a second
 */
record KeyName(Phase phase, Instant since) {

    /** What a key does. */
    enum Phase {
        /** It is published, and signs nothing yet. */
        PUBLISHED,
        /** It signs. */
        SIGNS,
        /** It signs no more, and is published still. */
        PASSIVE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern WRITTEN = Pattern.compile("\\w+ (published|signs|passive) since (\\S+)");

    /** Empty for a name that somebody else has given. */
    static Optional<KeyName> read(String name) {
        Matcher matcher = WRITTEN.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Phase phase = Phase.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
            return Optional.of(new KeyName(phase, Instant.parse(matcher.group(2))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    String text(Algorithm algorithm) {
        return algorithm.word() + " " + phase.word() + " since " + since;
    }
}
