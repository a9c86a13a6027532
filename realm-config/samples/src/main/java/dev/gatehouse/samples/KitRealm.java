// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.util.Set;

import dev.gatehouse.verifier.Algorithm;
import dev.gatehouse.verifier.TokenVerifier;
import dev.gatehouse.verifier.VerifierBuilder;

/** What the samples know of the realm in the kit. The kit's tests compare it with what the realm's tokens promise. */
public final class KitRealm {

    /** Whom its tokens are for. */
    public static final String AUDIENCE = "gatehouse-api";

    /** What it signs with. */
    private static final Algorithm ALGORITHM = Algorithm.RS256;

    /** What a client of it can ask for instead: the keys are published beside the first. */
    private static final Algorithm MORE = Algorithm.ES256;

    private KitRealm() {}

    /** Every algorithm that a token of it can be signed with. */
    public static Set<Algorithm> algorithms() {
        return Set.of(ALGORITHM, MORE);
    }

    /**
     * Begins a verifier for a realm that is set up like this one.
     *
     * @param issuer the realm's address, as its tokens have it
     * @throws IllegalArgumentException when issuer or audience cannot be one
     */
    public static VerifierBuilder verifier(String issuer, String audience) {
        return TokenVerifier.forIssuer(issuer).audience(audience).algorithms(ALGORITHM, MORE);
    }
}
