// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A constant that a key sealed, kept beside what else it sealed. A key that opens it is the one that sealed the rest: so a
 * wrong key under a right name shows at start, not when the first person wants to sign in.
 *
 * <p>Not guaranteed: anything about secrets that were sealed with no canary beside them, or that it was not exchanged by
 * somebody who has the database and a key of that name.
 */
public final class Canary {

    private static final SealContext CONTEXT = SealContext.of("canary");
    private static final String SONG = "gatehouse";

    private final Envelope envelope;

    private Canary(Envelope envelope) {
        this.envelope = envelope;
    }

    /** A canary of {@code key}. */
    public static Canary of(SealingKey key, SecureRandom random) {
        SecretBox box = new SecretBox(KeyRing.of(List.of(key)), random);
        return new Canary(box.seal(key, song(), CONTEXT));
    }

    /** The canary that {@code text} spells, or empty for anything else, null included. */
    public static Optional<Canary> parse(@Nullable String text) {
        return Envelope.parse(text).map(Canary::new);
    }

    /** The text to store. */
    public String text() {
        return envelope.text();
    }

    /** The name of the key that it is of. */
    public String keyId() {
        return envelope.keyId();
    }

    /** Whether {@code key} has its name and is the key that sealed it. */
    public boolean matches(SealingKey key) {
        return key.id().equals(keyId())
                && SecretBox.open(key, envelope, CONTEXT) instanceof Opening.Opened opened
                && MessageDigest.isEqual(opened.plain(), song());
    }

    private static byte[] song() {
        return SONG.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Canary[" + keyId() + "]";
    }
}
