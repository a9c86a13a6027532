// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.OptionalLong;
import java.util.function.LongFunction;

import dev.gatehouse.core.secret.NumericCode;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed, ready to be compared with codes of so many digits.
 *
 * <p>Guaranteed: the work is the same for every text. One that is no code of that length is compared as others are, with
 * letters that are in no code.
 */
final class Guess {

    private static final String NO_DIGIT = "x";

    private final byte[] text;

    private Guess(String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
    }

    static Guess of(@Nullable String typed, int digits) {
        return new Guess(NumericCode.parse(typed)
                .map(NumericCode::reveal)
                .filter(code -> code.length() == digits)
                .orElse(NO_DIGIT.repeat(digits)));
    }

    /**
     * The newest of the {@code count} moving factors from {@code first} on whose code this is. All are made and compared,
     * whatever came before.
     */
    OptionalLong newest(long first, int count, LongFunction<String> codes) {
        int newest = -1;
        for (int i = 0; i < count; i++) {
            byte[] code = codes.apply(first + i).getBytes(StandardCharsets.US_ASCII);
            boolean same = MessageDigest.isEqual(code, text);
            newest = same ? i : newest;
        }
        return newest < 0 ? OptionalLong.empty() : OptionalLong.of(first + newest);
    }
}
