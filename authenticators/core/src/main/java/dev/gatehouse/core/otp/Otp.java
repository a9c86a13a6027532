// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The code of a secret: the truncated HMAC of RFC 4226, with the hash functions of RFC 6238. */
public final class Otp {

    /** RFC 4226 asks for six at least. */
    static final int FEWEST_DIGITS = 6;

    static final int MOST_DIGITS = 8;

    private Otp() {}

    /**
     * The code, leading zeros included.
     *
     * @param secret one byte at least
     * @param movingFactor the time step or the counter, any number
     * @param digits from 6 to 8
     */
    public static String code(byte[] secret, long movingFactor, int digits, OtpAlgorithm algorithm) {
        int bound =
                switch (digits) {
                    case 6 -> 1_000_000;
                    case 7 -> 10_000_000;
                    case 8 -> 100_000_000;
                    default ->
                        throw new IllegalArgumentException(
                                "A code has " + FEWEST_DIGITS + " to " + MOST_DIGITS + " digits, not " + digits);
                };
        byte[] hash = hmac(secret, movingFactor, algorithm.hmacName());
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
        String code = Integer.toString(number % bound);
        return "0".repeat(digits - code.length()) + code;
    }

    private static byte[] hmac(byte[] secret, long movingFactor, String name) {
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(
                    ByteBuffer.allocate(Long.BYTES).putLong(movingFactor).array());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("A secret that cannot be used for " + name, e);
        }
    }
}
