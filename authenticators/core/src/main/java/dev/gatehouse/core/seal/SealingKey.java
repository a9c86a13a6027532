// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.security.Key;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * A key of 256 bits and the name that it goes by.
 *
 * <p>Guaranteed: {@link #toString()} never shows the key. Not guaranteed: that its bytes are random, only that they are not
 * all the same.
 */
public final class SealingKey {

    /** How many bytes a key has. */
    static final int BYTES = 32;

    /** An id, as a part of a pattern. It is no secret: it stands in every sealed text. */
    static final String ID = "[a-z0-9][a-z0-9-]{0,31}";

    private static final Pattern WHOLE_ID = Pattern.compile(ID);

    private final String id;
    private final byte[] bytes;
    private final Key key;

    /**
     * @param id from 1 to 32 of a to z, 0 to 9 and hyphens, the first of them no hyphen
     * @param bytes 32, not all the same
     */
    public SealingKey(String id, byte[] bytes) {
        // The id is not repeated: who mixes the two up has given the key for it.
        if (!isId(id)) {
            throw new IllegalArgumentException("A key's id has 1 to 32 of a-z, 0-9 and -, and begins with no -");
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A key has " + BYTES + " bytes, not " + bytes.length);
        }
        if (isOneByteRepeated(bytes)) {
            throw new IllegalArgumentException("The bytes of a key are not all the same");
        }
        this.id = id;
        this.bytes = bytes.clone();
        this.key = new SecretKeySpec(this.bytes, "AES");
    }

    static boolean isId(String text) {
        return WHOLE_ID.matcher(text).matches();
    }

    static boolean isOneByteRepeated(byte[] bytes) {
        for (byte other : bytes) {
            if (other != bytes[0]) {
                return false;
            }
        }
        return true;
    }

    /** The name. */
    public String id() {
        return id;
    }

    Key key() {
        return key;
    }

    /** Whether it is the same key, whatever its name. */
    boolean hasBytesOf(SealingKey other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealingKey that && id.equals(that.id) && hasBytesOf(that);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SealingKey[" + id + ", redacted]";
    }
}
