// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A sealed secret as it is stored: {@code v1.<key id>.<base64url of nonce, secret and tag>}. Each has one spelling only.
 *
 * <p>That a text is an envelope does not mean that it opens, nor that anybody of us has sealed it.
 */
public final class Envelope {

    static final String VERSION = "v1";

    static final int IV_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int MOST_PLAIN_BYTES = 1024;

    private static final int FEWEST_BYTES = IV_BYTES + 1 + TAG_BYTES;
    private static final int MOST_BYTES = IV_BYTES + MOST_PLAIN_BYTES + TAG_BYTES;

    private static final Pattern TEXT = Pattern.compile(
            VERSION + "\\.(" + SealingKey.ID + ")\\.([A-Za-z0-9_-]{1," + (MOST_BYTES + 2) / 3 * 4 + "})");

    private static final Pattern BEGINNING = Pattern.compile("[vV][0-9]+\\.");

    private final String keyId;
    private final byte[] sealed;

    /** @param sealed nonce, secret and tag */
    Envelope(String keyId, byte[] sealed) {
        this.keyId = keyId;
        this.sealed = sealed.clone();
    }

    /** The envelope that {@code text} spells, or empty for anything else, null included. */
    public static Optional<Envelope> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = TEXT.matcher(text);
        // One letter over carries no byte.
        if (!matcher.matches() || matcher.group(2).length() % 4 == 1) {
            return Optional.empty();
        }
        Envelope envelope =
                new Envelope(matcher.group(1), Base64.getUrlDecoder().decode(matcher.group(2)));
        int length = envelope.sealed.length;
        return length < FEWEST_BYTES
                        || length > MOST_BYTES
                        // Of bits that the last letter has too many, the decoder takes any.
                        || !envelope.text().equals(text)
                ? Optional.empty()
                : Optional.of(envelope);
    }

    /**
     * Whether {@code text} begins as an envelope of some version does, whole or not. Such a text must never be used as a
     * secret itself, whatever stands beside it: who can read the database knows it, and one who can write there could
     * have taken away what marks it as sealed. False for null.
     */
    public static boolean looksLike(@Nullable String text) {
        return text != null && BEGINNING.matcher(text.strip()).lookingAt();
    }

    /** The name of the key that opens it. */
    public String keyId() {
        return keyId;
    }

    /** The text to store. */
    public String text() {
        return VERSION + "." + keyId + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    byte[] iv() {
        return Arrays.copyOf(sealed, IV_BYTES);
    }

    byte[] secretAndTag() {
        return Arrays.copyOfRange(sealed, IV_BYTES, sealed.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope envelope && text().equals(envelope.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return "Envelope[" + keyId + "]";
    }
}
