// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Switches of the realm itself that would endanger the people who sign in. */
final class RealmRules {

    static final List<Rule> ALL = List.of(
            new Rule("ssl-required", RealmRules::ssl),
            new Rule("brute-force", RealmRules::bruteForce),
            new Rule("otp-reuse", RealmRules::otp),
            new Rule("password-policy", RealmRules::passwordPolicy),
            new Rule("security-headers", RealmRules::headers),
            new Rule("events", RealmRules::events),
            new Rule("verified-mail", RealmRules::mail));

    private static final long SHORTEST_PASSWORD = 12;
    private static final long SHORTEST_HISTORY = 5;
    private static final long YEAR = 365L * 24 * 3600;
    private static final Pattern MAX_AGE = Pattern.compile("max-age=\"?(\\d{1,18})");

    private RealmRules() {}

    private static void ssl(Subject subject, Findings findings) {
        Place ssl = subject.realm().at("sslRequired");
        findings.errorIf(
                ssl.text().equalsIgnoreCase("none"),
                ssl,
                "lets passwords and tokens cross networks in clear; use external");
    }

    private static void bruteForce(Subject subject, Findings findings) {
        Place realm = subject.realm();
        findings.errorIf(
                !realm.is("bruteForceProtected"),
                realm.at("bruteForceProtected"),
                "must be true: passwords could be guessed for ever");
        findings.errorIf(
                realm.is("permanentLockout"),
                realm.at("permanentLockout"),
                "must be false: anybody could shut anybody's account for good by guessing");
        findings.errorIf(
                realm.number("maxSecondaryAuthFailures", 0) > 0,
                realm.at("maxSecondaryAuthFailures"),
                "must be 0: so many wrong codes would disable the account for good");
    }

    private static void otp(Subject subject, Findings findings) {
        Place realm = subject.realm();
        findings.errorIf(
                realm.is("otpPolicyCodeReusable"),
                realm.at("otpPolicyCodeReusable"),
                "must be false: an overseen code could be used again");
    }

    private static void passwordPolicy(Subject subject, Findings findings) {
        Place place = subject.realm().at("passwordPolicy");
        PasswordPolicy policy = PasswordPolicy.of(place.text());
        OptionalLong length = policy.number("length");
        findings.errorIf(
                length.orElse(0) < SHORTEST_PASSWORD, place, "must ask for length(" + SHORTEST_PASSWORD + ") at least");
        for (String rule : List.of("notEmail", "notUsername")) {
            findings.errorIf(!policy.names().contains(rule), place, "must have " + rule);
        }
        findings.warningIf(
                !policy.names().contains("maxLength"),
                place,
                "should have maxLength: to hash a very long password costs much");
        findings.warningIf(
                policy.number("passwordHistory").orElse(0) < SHORTEST_HISTORY,
                place,
                "should have passwordHistory(" + SHORTEST_HISTORY + ")");
    }

    private static void headers(Subject subject, Findings findings) {
        Place headers = subject.realm().at("browserSecurityHeaders");
        if (!headers.exists()) {
            // The server puts its own in.
            return;
        }
        String csp = headers.text("contentSecurityPolicy");
        findings.errorIf(
                !csp.contains("frame-ancestors 'self'") && !csp.contains("frame-ancestors 'none'"),
                headers.at("contentSecurityPolicy"),
                "must have frame-ancestors 'self' or 'none': any site could show the sign-in pages in a frame");
        findings.errorIf(
                !csp.contains("object-src 'none'"), headers.at("contentSecurityPolicy"), "must have object-src 'none'");
        findings.errorIf(
                !headers.text("xFrameOptions").matches("DENY|SAMEORIGIN"),
                headers.at("xFrameOptions"),
                "must be DENY or SAMEORIGIN");
        findings.errorIf(
                !headers.text("xContentTypeOptions").equals("nosniff"),
                headers.at("xContentTypeOptions"),
                "must be nosniff");
        findings.errorIf(
                !headers.text("referrerPolicy").matches("no-referrer|same-origin|origin|strict-origin"),
                headers.at("referrerPolicy"),
                "must be no-referrer, same-origin, origin or strict-origin: addresses of sign-in pages hold codes");
        Matcher age = MAX_AGE.matcher(headers.text("strictTransportSecurity"));
        findings.errorIf(
                !age.find() || Long.parseLong(age.group(1)) < YEAR,
                headers.at("strictTransportSecurity"),
                "must have max-age=" + YEAR + " at least");
    }

    private static void events(Subject subject, Findings findings) {
        Place realm = subject.realm();
        Place adminExpiration = realm.at("attributes", "adminEventsExpiration");
        findings.errorIf(
                !realm.is("eventsEnabled"),
                realm.at("eventsEnabled"),
                "must be true: nobody could tell what has happened");
        findings.warningIf(
                realm.is("eventsEnabled") && realm.number("eventsExpiration", 0) <= 0,
                realm.at("eventsExpiration"),
                "should be set: events, with people's names and addresses, are kept for ever");
        findings.warningIf(
                !realm.is("adminEventsEnabled"),
                realm.at("adminEventsEnabled"),
                "should be true: nobody could tell who has changed what");
        findings.warningIf(
                realm.is("adminEventsEnabled") && realm.at("attributes").number("adminEventsExpiration", 0) <= 0,
                adminExpiration,
                "should be set: events of administrators are kept for ever");
    }

    private static void mail(Subject subject, Findings findings) {
        Place realm = subject.realm();
        if (!realm.is("verifyEmail")) {
            findings.add(
                    realm.is("registrationAllowed") ? Severity.ERROR : Severity.WARNING,
                    realm.at("verifyEmail"),
                    realm.is("registrationAllowed")
                            ? "must be true while people may register: they could take addresses that are not theirs"
                            : "should be true: an address that nobody has proven is worth nothing");
        }
    }
}
