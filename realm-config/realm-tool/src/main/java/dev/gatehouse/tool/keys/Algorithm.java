// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.util.Locale;

/** What the realm's tokens can be signed with, and verifiers of the pack can check. */
enum Algorithm {
    RS256("rsa-generated", "keySize"),
    ES256("ecdsa-generated", "ecdsaEllipticCurveKey");

    private final String provider;
    private final String option;

    Algorithm(String provider, String option) {
        this.provider = provider;
        this.option = option;
    }

    /** The id of the server's provider that makes such a key. */
    String provider() {
        return provider;
    }

    /** What of the old key's configuration is the new one's too. */
    String option() {
        return option;
    }

    /** How its keys are called. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
