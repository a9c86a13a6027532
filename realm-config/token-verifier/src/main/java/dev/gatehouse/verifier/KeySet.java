// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The issuer's keys as they were published at one moment. Immutable. */
final class KeySet {

    private final Map<String, List<VerificationKey>> keys;
    private final Instant askedAt;

    private KeySet(Map<String, List<VerificationKey>> keys, Instant askedAt) {
        this.keys = keys;
        this.askedAt = askedAt;
    }

    /**
     * Reads a JWK Set (RFC 7517, section 5). Keys that cannot be used are left out.
     *
     * @param askedAt when it was asked for; the answer may be as old as that
     * @throws UnusableKeyException when no key is left that is for one of the algorithms
     */
    static KeySet parse(byte[] json, Set<Algorithm> algorithms, Instant askedAt) throws UnusableKeyException {
        List<?> members = members(json);
        Map<String, List<VerificationKey>> keys = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        String reason = "it is empty";
        boolean usable = false;
        for (Object member : members) {
            try {
                VerificationKey key = VerificationKey.of(jwk(member));
                add(keys, ambiguous, key);
                usable |= algorithms.contains(key.algorithm());
            } catch (UnusableKeyException e) {
                reason = "of the last one that cannot be used, " + e.getMessage();
            }
        }
        // Two keys of one name: the issuer did not say which one it means.
        keys.keySet().removeAll(ambiguous);
        if (!usable || keys.isEmpty()) {
            throw new UnusableKeyException("it holds no usable key for " + algorithms + " (" + reason + ")");
        }
        return new KeySet(keys, askedAt);
    }

    private static List<?> members(byte[] json) throws UnusableKeyException {
        try {
            if (StrictJson.object(json).get("keys") instanceof List<?> members) {
                return members;
            }
        } catch (MalformedJsonException e) {
            throw new UnusableKeyException("it is not sound JSON: " + e.getMessage());
        }
        throw new UnusableKeyException("it has no array 'keys'");
    }

    @SuppressWarnings("unchecked") // The names in an object that StrictJson has read are texts.
    private static Map<String, @Nullable Object> jwk(Object member) throws UnusableKeyException {
        if (member instanceof Map<?, ?>) {
            return (Map<String, @Nullable Object>) member;
        }
        throw new UnusableKeyException("it is not an object");
    }

    private static void add(Map<String, List<VerificationKey>> keys, Set<String> ambiguous, VerificationKey key) {
        List<VerificationKey> namesakes = keys.get(key.id());
        if (namesakes == null) {
            namesakes = new ArrayList<>();
            keys.put(key.id(), namesakes);
        }
        for (VerificationKey other : namesakes) {
            if (other.algorithm() == key.algorithm() && !other.key().equals(key.key())) {
                ambiguous.add(key.id());
            }
        }
        namesakes.add(key);
    }

    /**
     * The key of this name, or {@code null} when there is none.
     *
     * @throws TokenRefusedException when the name is that of a key for another algorithm
     */
    @Nullable
    PublicKey find(String id, Algorithm algorithm) throws TokenRefusedException {
        List<VerificationKey> namesakes = keys.get(id);
        if (namesakes == null) {
            return null;
        }
        for (VerificationKey key : namesakes) {
            if (key.algorithm() == algorithm) {
                return key.key();
            }
        }
        throw new TokenRefusedException(
                Refusal.WRONG_ALGORITHM, "the key " + Quoted.of(id) + " is not for " + algorithm);
    }

    /**
     * Whether it was asked for longer ago than this, by the wall clock: a process may have been frozen in between. A time that lies
     * ahead (the clock was set back) by more than the age tells nothing, and counts as old.
     */
    boolean isOlderThan(Duration age, Instant now) {
        return Duration.between(askedAt, now).abs().compareTo(age) > 0;
    }
}
