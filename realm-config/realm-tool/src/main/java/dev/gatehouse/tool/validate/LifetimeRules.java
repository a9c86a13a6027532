// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;

/** How long tokens and sessions live. */
final class LifetimeRules {

    static final List<Rule> ALL = List.of(
            new Rule("access-token-lifetime", LifetimeRules::accessTokens),
            new Rule("refresh-rotation", LifetimeRules::rotation),
            new Rule("session-lifetime", LifetimeRules::sessions),
            new Rule("offline-lifetime", LifetimeRules::offline),
            new Rule("client-session-lifetime", LifetimeRules::clientSessions));

    /** For so long a revocation is known; a token that outlives it would be good again. Verifiers take none that lives longer. */
    private static final long HOUR = 3600;

    private static final long WEEK = 7L * 24 * 3600;

    private LifetimeRules() {}

    private static void accessTokens(Subject subject, Findings findings) {
        Place realm = subject.realm();
        for (String name : List.of("accessTokenLifespan", "accessTokenLifespanForImplicitFlow")) {
            findings.errorIf(
                    realm.has(name) && !isWithin(realm.number(name, 0), HOUR),
                    realm.at(name),
                    "is " + realm.text(name) + " s, but must be from 1 to " + HOUR
                            + " s, as long as revocations are kept");
        }
        for (Place client : realm.each("clients")) {
            Place life = client.at("attributes", "access.token.lifespan");
            if (life.exists()
                    && !life.text().isEmpty()
                    && !isWithin(client.at("attributes").number("access.token.lifespan", 0), HOUR)) {
                findings.error(
                        life,
                        life.text().equals("-1")
                                ? "is -1, which is as long as the session; it must be " + HOUR
                                        + " s at most, as long as revocations are kept"
                                : "is " + life.text() + " s, but must be from 1 to " + HOUR
                                        + " s, as long as revocations are kept");
            }
        }
    }

    private static void rotation(Subject subject, Findings findings) {
        Place realm = subject.realm();
        findings.errorIf(
                !realm.is("revokeRefreshToken"),
                realm.at("revokeRefreshToken"),
                "must be true: a stolen refresh token would go unnoticed");
        findings.errorIf(
                realm.number("refreshTokenMaxReuse", 0) > 0,
                realm.at("refreshTokenMaxReuse"),
                "must be 0: a refresh token is good once, so that a thief's use of it is noticed");
    }

    /** Zero means as long as the session of the browser, but for that session itself, which then never ends. */
    private static void sessions(Subject subject, Findings findings) {
        Place realm = subject.realm();
        for (String name : List.of("ssoSessionMaxLifespan", "ssoSessionIdleTimeout")) {
            findings.errorIf(
                    realm.has(name) && !isWithin(realm.number(name, 0), WEEK), realm.at(name), tooLong(realm.at(name)));
        }
        for (String name : List.of(
                "ssoSessionMaxLifespanRememberMe",
                "ssoSessionIdleTimeoutRememberMe",
                "clientSessionMaxLifespan",
                "clientSessionIdleTimeout")) {
            findings.errorIf(!isWithinOrZero(realm.number(name, 0), WEEK), realm.at(name), tooLong(realm.at(name)));
        }
    }

    private static void offline(Subject subject, Findings findings) {
        Place realm = subject.realm();
        Place idle = realm.at("offlineSessionIdleTimeout");
        findings.errorIf(
                !realm.is("offlineSessionMaxLifespanEnabled"),
                realm.at("offlineSessionMaxLifespanEnabled"),
                "must be true: an offline session that is used would never end");
        findings.errorIf(
                realm.is("offlineSessionMaxLifespanEnabled")
                        && !isWithin(realm.number("offlineSessionMaxLifespan", 0), WEEK),
                realm.at("offlineSessionMaxLifespan"),
                tooLong(realm.at("offlineSessionMaxLifespan")));
        findings.errorIf(!isWithin(realm.number("offlineSessionIdleTimeout", 0), WEEK), idle, tooLong(idle));
        for (String name : List.of("clientOfflineSessionIdleTimeout", "clientOfflineSessionMaxLifespan")) {
            findings.errorIf(!isWithinOrZero(realm.number(name, 0), WEEK), realm.at(name), tooLong(realm.at(name)));
        }
    }

    private static void clientSessions(Subject subject, Findings findings) {
        for (Place client : subject.realm().each("clients")) {
            Place attributes = client.at("attributes");
            for (String name : List.of(
                    "client.session.idle.timeout",
                    "client.session.max.lifespan",
                    "client.offline.session.idle.timeout",
                    "client.offline.session.max.lifespan")) {
                findings.errorIf(
                        !isWithinOrZero(attributes.number(name, 0), WEEK),
                        attributes.at(name),
                        tooLong(attributes.at(name)));
            }
        }
    }

    private static boolean isWithin(long seconds, long most) {
        return seconds > 0 && seconds <= most;
    }

    private static boolean isWithinOrZero(long seconds, long most) {
        return seconds == 0 || isWithin(seconds, most);
    }

    private static String tooLong(Place place) {
        return (place.exists() ? "is " + place.text() + " s, but" : "is not set, but") + " must be from 1 to " + WEEK
                + " s (7 days)";
    }
}
