// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A telephone number in the one spelling of E.164: {@code +}, the code of a country, the number, 8 to 15 digits in all.
 *
 * <p>Not promised: that it is in use, or that it can take messages. A number without the code of its country is none:
 * which country it would be in is a guess.
 */
public final class PhoneNumber {

    /** More than any number with all that people put between its digits. */
    private static final int LONGEST = 40;

    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[ \\-.()\\u00a0]");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    /** The number that {@code text} spells, with or without spaces, hyphens, dots and brackets; else empty. */
    public static Optional<PhoneNumber> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(typed -> typed.length() <= LONGEST)
                .map(typed -> BETWEEN_DIGITS.matcher(typed).replaceAll(""))
                .filter(digits -> E164.matcher(digits).matches())
                .map(PhoneNumber::new);
    }

    /** The number in full: for whoever sends to it. */
    public String e164() {
        return e164;
    }

    /** Enough of it for its owner to know it, such as {@code +49…89}. */
    public String masked() {
        return e164.substring(0, 3) + "…" + e164.substring(e164.length() - 2);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhoneNumber number && number.e164.equals(e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }

    @Override
    public String toString() {
        return "PhoneNumber[redacted]";
    }
}
