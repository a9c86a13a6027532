// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.security.MessageDigest;
import java.security.SecureRandom;

import dev.gatehouse.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What codes are made from. Unlike a password it cannot be stored hashed: the server needs it in clear for every check.
 *
 * <p>Guaranteed: {@link #toString()} never shows it, and comparison takes the same time wherever two values of one length
 * differ. Not guaranteed: that it is wiped from memory.
 */
public final class OtpSecret {

    /** RFC 4226 advises 160 bits, which is also what every app takes. */
    private static final int BYTES = 20;

    /** RFC 4226 asks for 128 bits at least. */
    private static final int FEWEST_BYTES = 16;

    private static final int MOST_BYTES = 64;

    private static final int GROUP = 4;

    private final byte[] bytes;

    private OtpSecret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A new secret of 20 bytes from {@code random}. */
    public static OtpSecret random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OtpSecret(bytes);
    }

    /**
     * The secret for a new device.
     *
     * @param bytes from 16 to 64
     */
    public static OtpSecret of(byte[] bytes) {
        if (bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "A new secret has " + FEWEST_BYTES + " to " + MOST_BYTES + " bytes, not " + bytes.length);
        }
        return new OtpSecret(bytes);
    }

    /**
     * The secret of a device that exists, however short it is.
     *
     * @param bytes one at least
     */
    public static OtpSecret existing(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("A secret has one byte at least");
        }
        return new OtpSecret(bytes);
    }

    /** The bytes in clear: only to make codes, and to seal them. */
    public byte[] reveal() {
        return bytes.clone();
    }

    /** The secret in clear, in Base32: only for the app that is to make codes with it. */
    public String base32() {
        return Base32.encode(bytes);
    }

    /** As {@link #base32()}, in groups of four, as it is easier to read and to type. */
    public String grouped() {
        String text = base32();
        StringBuilder grouped = new StringBuilder(text.length() * (GROUP + 1) / GROUP);
        for (int i = 0; i < text.length(); i += GROUP) {
            grouped.append(i == 0 ? "" : " ").append(text, i, Math.min(text.length(), i + GROUP));
        }
        return grouped.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OtpSecret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        // Of a hash: a hash code is printed without a thought, and that of the bytes would tell some of their bits.
        return Secret.hash(base32()).hashCode();
    }

    @Override
    public String toString() {
        return "OtpSecret[redacted]";
    }
}
