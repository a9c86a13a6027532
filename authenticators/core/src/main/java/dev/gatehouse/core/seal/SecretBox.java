// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals with a key and opens with any of a ring: AES-256-GCM, a random nonce of 96 bits, a tag of 128.
 *
 * <p>Guaranteed: what opens is what was sealed, with the same key, under the same name of it, in the same context. Two seals
 * of one secret have nothing in common. Any number of threads may use one box. Not guaranteed: anything beyond 2^32 seals
 * with one key, as nonces could repeat then.
 */
public final class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";

    private final KeyRing ring;
    private final SecureRandom random;

    public SecretBox(KeyRing ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /**
     * Seals {@code plain} with {@code key}, which must be one of the ring: what this box cannot open it does not seal.
     *
     * @param plain from 1 to 1024 bytes
     */
    public Envelope seal(SealingKey key, byte[] plain, SealContext context) {
        if (plain.length < 1 || plain.length > Envelope.MOST_PLAIN_BYTES) {
            throw new IllegalArgumentException(
                    "Secrets of 1 to " + Envelope.MOST_PLAIN_BYTES + " bytes are sealed, not of " + plain.length);
        }
        if (ring.key(key.id()).filter(key::equals).isEmpty()) {
            throw new IllegalArgumentException(key + " is not in " + ring);
        }
        byte[] iv = new byte[Envelope.IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] secretAndTag = cipher(Cipher.ENCRYPT_MODE, key, iv, context).doFinal(plain);
            return new Envelope(
                    key.id(),
                    ByteBuffer.allocate(iv.length + secretAndTag.length)
                            .put(iv)
                            .put(secretAndTag)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal with " + CIPHER, e);
        }
    }

    /** What was sealed in {@code context}, or why it cannot be told. */
    public Opening open(Envelope envelope, SealContext context) {
        return ring.key(envelope.keyId())
                .map(key -> open(key, envelope, context))
                .orElseGet(() -> new Opening.UnknownKey(envelope.keyId()));
    }

    static Opening open(SealingKey key, Envelope envelope, SealContext context) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, envelope.iv(), context);
            return new Opening.Opened(cipher.doFinal(envelope.secretAndTag()));
        } catch (AEADBadTagException e) {
            return new Opening.Tampered(key.id());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot open with " + CIPHER, e);
        }
    }

    private static Cipher cipher(int mode, SealingKey key, byte[] iv, SealContext context)
            throws GeneralSecurityException {
        // One for each use: a cipher is not for several threads, and making one costs less than sharing it would.
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.key(), new GCMParameterSpec(Envelope.TAG_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(context.bytes(key.id()));
        return cipher;
    }
}
