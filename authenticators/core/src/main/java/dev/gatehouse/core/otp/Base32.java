// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Base32 of RFC 4648: how secrets are written for people and apps. */
public final class Base32 {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    /** Eight letters carry five bytes, and padding fills up to eight. */
    private static final int GROUP = 8;

    private Base32() {}

    /** In upper case, without padding. */
    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * GROUP / BITS + 1);
        int buffer = 0;
        int held = 0;
        for (byte next : bytes) {
            buffer = buffer << Byte.SIZE | Byte.toUnsignedInt(next);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(letter(buffer >>> held));
            }
        }
        if (held > 0) {
            text.append(letter(buffer << (BITS - held)));
        }
        return text.toString();
    }

    /**
     * The bytes that {@code text} spells: in upper or lower case, with or without the whole padding, with spaces and hyphens
     * anywhere. Empty for anything else, null included, and for a text of which some bits would be lost.
     */
    public static Optional<byte[]> decode(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String written = text.replace(" ", "").replace("-", "");
        int padding = written.indexOf('=');
        if (padding >= 0 && !isPadding(written.substring(padding), padding)) {
            return Optional.empty();
        }
        return decodeLetters(padding < 0 ? written : written.substring(0, padding));
    }

    private static boolean isPadding(String rest, int letters) {
        int missing = GROUP - letters % GROUP;
        return missing < GROUP && rest.equals("=".repeat(missing));
    }

    private static Optional<byte[]> decodeLetters(String letters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(letters.length() * BITS / GROUP + 1);
        int buffer = 0;
        int held = 0;
        for (int i = 0; i < letters.length(); i++) {
            int value = value(letters.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            buffer = buffer << BITS | value;
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes.write(buffer >>> held);
            }
        }
        // What is left fills up the last letter: less than one, and all zeros.
        boolean lost = held >= BITS || (buffer & (1 << held) - 1) != 0;
        return lost ? Optional.empty() : Optional.of(bytes.toByteArray());
    }

    private static char letter(int value) {
        return LETTERS.charAt(value & 31);
    }

    private static int value(char letter) {
        // Not toUpperCase: some letters of other scripts have an upper case among ours.
        boolean lower = letter >= 'a' && letter <= 'z';
        return LETTERS.indexOf(lower ? letter - 'a' + 'A' : letter);
    }
}
