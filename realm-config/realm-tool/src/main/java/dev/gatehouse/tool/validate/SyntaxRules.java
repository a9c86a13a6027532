// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gatehouse.tool.validate.Placeholders.Placeholder;

/** What makes a file importable at all, and lets nothing stand in a realm that was meant to be replaced. */
final class SyntaxRules {

    static final List<Rule> ALL = List.of(
            new Rule("known-property", SyntaxRules::properties),
            new Rule("realm-name", SyntaxRules::name),
            new Rule("placeholder", SyntaxRules::placeholders),
            new Rule("unresolved-placeholder", SyntaxRules::unresolved),
            new Rule("stand-in-address", SyntaxRules::standIns),
            new Rule("no-users", SyntaxRules::users));

    /** What the server's import would splice into the JSON text, unescaped. */
    private static final Pattern HOSTILE = Pattern.compile("[\"\\\\\\p{Cntrl}]|\\$\\{");

    private static final Pattern LEFT_OVER = Pattern.compile("\\$\\{[A-Z][A-Z0-9_]*([,:][^}]*)?}");

    private static final Pattern STAND_IN = Pattern.compile("https?://[^/]*\\.invalid(/|$)");

    private SyntaxRules() {}

    private static void properties(Subject subject, Findings findings) {
        if (subject.isFile()) {
            KnownProperties.check(subject.source(), findings);
        }
    }

    private static void name(Subject subject, Findings findings) {
        String name = subject.realm().text("realm");
        findings.errorIf(name.isEmpty(), subject.realm().at("realm"), "is missing: the realm has no name");
        findings.errorIf(
                name.equals("master"),
                subject.realm().at("realm"),
                "master is the server's own realm; give it another");
        findings.errorIf(
                name.matches(".*[^A-Za-z0-9._-].*"),
                subject.realm().at("realm"),
                "stands in addresses; use letters, digits, dots, hyphens and underscores only");
    }

    private static void placeholders(Subject subject, Findings findings) {
        if (!subject.isFile()) {
            return;
        }
        subject.source().all().forEach(place -> {
            place.members()
                    .forEach((name, member) -> findings.errorIf(
                            name.contains(Placeholders.OPEN), member, "is a name; placeholders stand in values only"));
            if (place.node().isTextual()) {
                String text = place.node().asText();
                findings.errorIf(
                        !Placeholders.isSound(text),
                        place,
                        "has a brace that does not close, or holds no placeholder ${NAME:default}; it would be stored as it is");
                for (Placeholder found : Placeholders.in(text)) {
                    checkValues(subject, place, found, findings);
                }
            }
        });
    }

    private static void checkValues(Subject subject, Place place, Placeholder found, Findings findings) {
        String fallback = found.fallback().orElse("").replaceAll("\\$\\{[^{}]*}", "");
        findings.errorIf(
                HOSTILE.matcher(fallback).find(),
                place,
                "has a default with a quote, a backslash or a control character, which the import cannot take");
        for (String name : found.names()) {
            findings.errorIf(
                    subject.environment()
                            .apply(name)
                            .filter(value -> HOSTILE.matcher(value).find())
                            .isPresent(),
                    place,
                    "the variable " + name
                            + " has a quote, a backslash, a control character or ${, which the import cannot take");
        }
    }

    private static void unresolved(Subject subject, Findings findings) {
        if (subject.isFile()) {
            return;
        }
        subject.realm()
                .all()
                .filter(place -> place.node().isTextual())
                .filter(place -> LEFT_OVER.matcher(place.node().asText()).find())
                .forEach(place -> findings.error(
                        place, "is a placeholder that was never replaced; consoles and the API store it as it is"));
    }

    /** What is switched off may have addresses that stand in for real ones (RFC 6761, section 6.4). */
    private static void standIns(Subject subject, Findings findings) {
        Stream.concat(subject.realm().each("clients").stream(), subject.identityProviders().stream())
                .filter(part -> part.is("enabled", true))
                .flatMap(Place::all)
                .filter(place -> place.node().isTextual()
                        && STAND_IN.matcher(place.text()).find())
                .forEach(place -> findings.error(place, "\"" + place.text() + "\" is no address; put the real one in"));
    }

    private static void users(Subject subject, Findings findings) {
        findings.errorIf(
                subject.isFile() && subject.source().has("users"),
                subject.source().at("users"),
                "a realm file holds no users, whose data and secrets are theirs");
    }
}
