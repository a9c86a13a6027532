// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.device;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mark as it stands in a cookie. Nothing of it is believed before {@link MarkKeys} has checked the signature.
 *
 * @param realm hash of the realm's id
 * @param kid of the key that everything keyed in it was made with
 * @param id random; what a counter is kept for
 * @param issued when the sign-in was complete, in whole seconds
 * @param account keyed hash of the account's id
 * @param username keyed hash of the account's username at that time
 * @param mail keyed hash of its verified mail address, or empty text
 * @param signature of all the rest
 */
record DeviceMark(
        String realm,
        String kid,
        String id,
        Instant issued,
        String account,
        String username,
        String mail,
        String signature) {

    /** How many random bytes are in {@code id}, and how many of a hash are kept. */
    static final int BYTES = 16;

    private static final String SHORT = "[A-Za-z0-9_-]{22}";
    private static final String LONG = "[A-Za-z0-9_-]{43}";
    private static final Pattern TEXT = Pattern.compile("1\\.(" + LONG + ")\\.([A-Za-z0-9_-]{1,400})\\.(" + SHORT
            + ")\\.([0-9]{1,11})\\.(" + SHORT + ")\\.(" + SHORT + ")\\.((?:" + SHORT + ")?)\\.(" + LONG + ")");

    /** The mark that {@code text} spells; empty for anything else. */
    static Optional<DeviceMark> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? kid(matcher.group(2))
                        .map(kid -> new DeviceMark(
                                matcher.group(1),
                                kid,
                                matcher.group(3),
                                Instant.ofEpochSecond(Long.parseLong(matcher.group(4))),
                                matcher.group(5),
                                matcher.group(6),
                                matcher.group(7),
                                matcher.group(8)))
                : Optional.empty();
    }

    /** What is signed. */
    String signed() {
        return String.join(
                ".",
                "1",
                realm,
                Base64.getUrlEncoder().withoutPadding().encodeToString(kid.getBytes(StandardCharsets.UTF_8)),
                id,
                Long.toString(issued.getEpochSecond()),
                account,
                username,
                mail);
    }

    /** The text that {@link #parse} reads: letters, digits, hyphens, underscores and dots. */
    String text() {
        return signed() + "." + signature;
    }

    private static Optional<String> kid(String base64) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // A length that no bytes have.
            return Optional.empty();
        }
    }
}
