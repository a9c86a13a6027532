// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A secret that people type: some decimal digits. It is short enough to be guessed, so how often it may be tried has to
 * be counted before it is compared.
 *
 * <p>Guaranteed: {@link #toString()} never shows the digits, and comparison takes the same time wherever two values
 * differ. Not guaranteed: that a {@linkplain #hash hash} of it hides it from whoever has the key.
 */
public final class NumericCode {

    private static final int FEWEST = 6;
    private static final int MOST = 8;

    /** What people and programs put between digits, white space aside. */
    private static final String BETWEEN = "-.\u2010\u2011\u2012\u2013\u00b7";

    /** More than anybody types who has a code before him. */
    private static final int LONGEST_TEXT = 64;

    private final String digits;

    private NumericCode(String digits) {
        this.digits = digits;
    }

    /** A new code of so many digits, from 6 to 8; each is as likely as any other. */
    public static NumericCode random(SecureRandom random, int length) {
        if (length < FEWEST || length > MOST) {
            throw new IllegalArgumentException("A code has " + FEWEST + " to " + MOST + " digits, not " + length);
        }
        int bound = 1;
        for (int i = 0; i < length; i++) {
            bound *= 10;
        }
        String number = Integer.toString(random.nextInt(bound));
        return new NumericCode("0".repeat(length - number.length()) + number);
    }

    /**
     * The code that somebody typed: its digits, of any script, with white space, hyphens or points anywhere between them.
     * Empty for anything else, null included.
     */
    public static Optional<NumericCode> parse(@Nullable String typed) {
        if (typed == null || typed.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder(MOST);
        for (int i = 0; i < typed.length(); ) {
            int letter = typed.codePointAt(i);
            i += Character.charCount(letter);
            int digit = Character.digit(letter, 10);
            if (digit >= 0) {
                digits.append(digit);
            } else if (!isBetween(letter)) {
                return Optional.empty();
            }
        }
        return digits.length() < FEWEST || digits.length() > MOST
                ? Optional.empty()
                : Optional.of(new NumericCode(digits.toString()));
    }

    private static boolean isBetween(int letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter) || BETWEEN.indexOf(letter) >= 0;
    }

    /** The digits in clear: only for the party that is to type them. */
    public String reveal() {
        return digits;
    }

    /** The digits in two groups, as they are easier to read and to type. */
    public String grouped() {
        int half = digits.length() / 2;
        return digits.substring(0, half) + " " + digits.substring(half);
    }

    /**
     * The hash that may be stored. Who has {@code key} finds the digits by trying all of them, so it must be kept
     * elsewhere.
     */
    public String hash(Secret key) {
        return new KeyedHash(key.reveal().getBytes(StandardCharsets.US_ASCII)).text(32, "code", digits);
    }

    /** Whether {@code hash} is this code's hash with {@code key}. */
    public boolean matches(Secret key, @Nullable String hash) {
        return hash != null
                && MessageDigest.isEqual(
                        hash(key).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "NumericCode[redacted]";
    }
}
