// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.gatehouse.tool.file.VaultReference;
import dev.gatehouse.tool.validate.Placeholders.Placeholder;

/** A file is copied, sent and versioned: no secret stands in it. A server masks those that it has. */
final class SecretRules {

    static final List<Rule> ALL = List.of(new Rule("secret", SecretRules::secrets));

    private static final Set<String> NAMES = Set.of(
            "bindcredential",
            "clientsecret",
            "client.secret",
            "credentialdata",
            "keypassword",
            "keystorepassword",
            "password",
            "privatekey",
            "registrationaccesstoken",
            "secret",
            "secretdata",
            "smtppassword",
            "userpassword");

    private SecretRules() {}

    private static void secrets(Subject subject, Findings findings) {
        if (!subject.isFile()) {
            return;
        }
        subject.source().all().forEach(place -> place.members().forEach((name, member) -> {
            if (isSecret(name) && (member.node().isValueNode() || member.node().isArray())) {
                check(member, findings);
            }
        }));
    }

    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || lower.endsWith(".private.key") || lower.endsWith(".secret");
    }

    private static void check(Place place, Findings findings) {
        String text = place.text();
        if (text.isEmpty() || VaultReference.is(text)) {
            return;
        }
        if (text.matches("\\*+")) {
            findings.error(place, "is masked, as a server shows a secret; it would be stored as it is: leave it out");
            return;
        }
        List<Placeholder> placeholders = Placeholders.in(text);
        if (placeholders.isEmpty()) {
            findings.error(place, "is a secret in clear; leave it out, or write ${vault.KEY} or a placeholder");
        } else if (placeholders.stream().anyMatch(found -> found.fallback().isEmpty())) {
            findings.error(
                    place,
                    "where its variable is not set, the placeholder itself is the secret; give it an empty default");
        } else if (placeholders.stream()
                .anyMatch(found -> !isHarmless(found.fallback().orElse("")))) {
            findings.error(place, "has a default, which is a secret that everybody knows; give it an empty one");
        }
    }

    /** Empty, or nothing but placeholders, which are looked at themselves. */
    private static boolean isHarmless(String fallback) {
        return fallback.isBlank() || VaultReference.is(fallback) || fallback.matches("\\$\\{.*}");
    }
}
