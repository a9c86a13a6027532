// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * 256 random bits that one party holds and of which we keep only the SHA-256 hash.
 *
 * <p>Guaranteed: {@link #toString()} never shows the value, and comparison takes the same time wherever two values
 * differ. Not guaranteed: that the value is wiped from memory; it lives in a {@code String}.
 */
public final class Secret {

    private static final int BYTES = 32;
    // 32 bytes are 43 letters of base64url without padding; the last letter carries four bits of value and two zeros.
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A new secret from {@code random}. */
    public static Secret random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(base64(bytes));
    }

    /** The secret that {@code text} spells in canonical base64url, or empty for anything else, null included. */
    public static Optional<Secret> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(candidate -> TEXT.matcher(candidate).matches())
                .map(Secret::new);
    }

    /** The secret in clear, 43 letters of base64url: only for the party that is to hold it. */
    public String reveal() {
        return text;
    }

    /** The SHA-256 hash of the revealed text, in base64url: what may be stored. */
    public String hash() {
        return hash(text);
    }

    /** Whether {@code hash} is this secret's hash. */
    public boolean matches(@Nullable String hash) {
        return hash != null
                && MessageDigest.isEqual(
                        hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 hash of any text, in base64url. Not fit for what can be guessed: it has neither salt nor cost. */
    public static String hash(String text) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret.hash());
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
