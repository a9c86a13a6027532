// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a JOSE header may tell us: an algorithm that is allowed, and the name of a key.
 *
 * <p>Everything here was written by whoever made the token. Nothing of it is a place to fetch a key from.
 */
record JoseHeader(Algorithm algorithm, String keyId) {

    /** Names of keys are remembered for a while; this keeps them small. */
    private static final int MAX_KEY_ID = 256;

    /**
     * Every member that RFC 7515, 7516, 7518 and 7797 define, but for the three that are read. {@code crit} and {@code b64} change how
     * a token is to be read, {@code cty} says that another token is inside, {@code j..} and {@code x..} bring a key along, and the
     * rest belong to encryption. Keycloak writes none of them into an access token.
     */
    private static final String[] REFUSED = {
        "crit",
        "b64",
        "cty",
        "jku",
        "jwk",
        "x5u",
        "x5c",
        "x5t",
        "x5t#S256",
        "enc",
        "zip",
        "epk",
        "apu",
        "apv",
        "iv",
        "tag",
        "p2s",
        "p2c"
    };

    static JoseHeader parse(byte[] json, Set<Algorithm> allowed, String type) throws TokenRefusedException {
        Map<String, @Nullable Object> header;
        try {
            header = StrictJson.object(json);
        } catch (MalformedJsonException e) {
            throw new TokenRefusedException(Refusal.MALFORMED, "its header is not sound JSON: " + e.getMessage());
        }
        Algorithm algorithm = algorithm(text(header, "alg"), allowed);
        requireType(text(header, "typ"), type);
        for (String name : REFUSED) {
            if (header.containsKey(name)) {
                throw new TokenRefusedException(Refusal.UNSUPPORTED_HEADER, "its header has the member '" + name + "'");
            }
        }
        String keyId = text(header, "kid");
        if (keyId.isEmpty() || keyId.length() > MAX_KEY_ID) {
            throw new TokenRefusedException(
                    Refusal.MALFORMED, "the name of its key is empty or longer than " + MAX_KEY_ID + " characters");
        }
        return new JoseHeader(algorithm, keyId);
    }

    private static Algorithm algorithm(String name, Set<Algorithm> allowed) throws TokenRefusedException {
        Algorithm algorithm = Algorithm.named(name);
        if (algorithm == null || !allowed.contains(algorithm)) {
            throw new TokenRefusedException(
                    Refusal.WRONG_ALGORITHM, "it says alg " + Quoted.of(name) + ", allowed are " + allowed);
        }
        return algorithm;
    }

    /** RFC 9068, section 4: with or without "application/", as media types are compared. */
    private static void requireType(String given, String type) throws TokenRefusedException {
        if (!given.equalsIgnoreCase(type) && !given.equalsIgnoreCase("application/" + type)) {
            throw new TokenRefusedException(
                    Refusal.WRONG_TYPE, "its header says typ " + Quoted.of(given) + ", not '" + type + "'");
        }
    }

    private static String text(Map<String, @Nullable Object> header, String name) throws TokenRefusedException {
        if (header.get(name) instanceof String text) {
            return text;
        }
        // A header without alg is malformed (RFC 7515, 4.1.1). One without typ is well-formed, but an access token of
        // ours says what it is.
        throw new TokenRefusedException(
                name.equals("typ") ? Refusal.WRONG_TYPE : Refusal.MALFORMED,
                "its header has no text for '" + name + "'");
    }
}
