// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What tokens and requests are signed with. */
final class AlgorithmRules {

    static final List<Rule> ALL = List.of(
            new Rule("signature-algorithm", AlgorithmRules::realm),
            new Rule("client-signature-algorithm", AlgorithmRules::clients),
            new Rule("key-size", AlgorithmRules::keys));

    private static final Set<String> GOOD = new TreeSet<>(
            Set.of("ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"));

    /** What the verifier of the pack can check. */
    private static final Set<String> VERIFIABLE = Set.of("ES256", "RS256");

    private static final List<String> OF_CLIENTS = List.of(
            "access.token.signed.response.alg",
            "authorization.signed.response.alg",
            "backchannel.logout.token.signed.response.alg",
            "id.token.signed.response.alg",
            "request.object.signature.alg",
            "token.endpoint.auth.signing.alg",
            "user.info.response.signature.alg");

    private static final int SMALLEST_RSA = 2048;

    private AlgorithmRules() {}

    private static void realm(Subject subject, Findings findings) {
        Place algorithm = subject.realm().at("defaultSignatureAlgorithm");
        if (algorithm.exists() && !algorithm.text().isEmpty()) {
            check(algorithm, findings);
            contract(algorithm, findings);
        }
    }

    private static void clients(Subject subject, Findings findings) {
        for (Place client : subject.realm().each("clients")) {
            for (String name : OF_CLIENTS) {
                Place algorithm = client.at("attributes", name);
                // Of requests, "any" is what a client is free to choose from the good ones.
                if (!algorithm.text().isEmpty() && !algorithm.text().equals("any")) {
                    check(algorithm, findings);
                }
            }
            Place access = client.at("attributes", "access.token.signed.response.alg");
            if (!access.text().isEmpty()) {
                contract(access, findings);
            }
        }
    }

    private static void check(Place algorithm, Findings findings) {
        String name = algorithm.text();
        if (name.startsWith("HS")) {
            findings.error(
                    algorithm,
                    name + " signs with a secret that whoever verifies could sign with too; use RS256 or ES256");
        } else if (name.equalsIgnoreCase("none")) {
            findings.error(algorithm, "none is no signature; use RS256 or ES256");
        } else if (!GOOD.contains(name)) {
            findings.error(algorithm, "is \"" + name + "\" but must be one of " + String.join(", ", GOOD));
        }
    }

    private static void contract(Place algorithm, Findings findings) {
        findings.warningIf(
                GOOD.contains(algorithm.text()) && !VERIFIABLE.contains(algorithm.text()),
                algorithm,
                algorithm.text() + " is none that the pack's verifier can check; use RS256 or ES256");
    }

    private static void keys(Subject subject, Findings findings) {
        for (Place key : subject.realm().at("components").each("org.keycloak.keys.KeyProvider")) {
            Place size = key.at("config", "keySize");
            findings.errorIf(
                    key.text("providerId").startsWith("rsa")
                            && size.exists()
                            && key.at("config").number("keySize", SMALLEST_RSA) < SMALLEST_RSA,
                    size,
                    "must be " + SMALLEST_RSA + " at least");
        }
    }
}
