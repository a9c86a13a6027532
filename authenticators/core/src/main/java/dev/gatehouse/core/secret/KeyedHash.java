// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of texts. Without the key nobody can make such a hash, nor find out by trying of what it is one.
 *
 * <p>Two lists of parts never have the same hash, not even if they are the same when written one after another.
 */
public final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final Key key;

    public KeyedHash(Key key) {
        this.key = key;
    }

    public KeyedHash(byte[] key) {
        this(new SecretKeySpec(key, ALGORITHM));
    }

    /** The whole hash, 32 bytes. */
    public byte[] of(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("A key that cannot be used for " + ALGORITHM, e);
        }
    }

    /** The first {@code bytes} bytes of the hash in base64url; with 16 nobody meets two equal ones by chance. */
    public String text(int bytes, String... parts) {
        if (bytes < 1 || bytes > BYTES) {
            throw new IllegalArgumentException("A hash has " + BYTES + " bytes, not " + bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(of(parts), bytes));
    }
}
