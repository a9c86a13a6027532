// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What the claims of an access token have to say (RFC 9068, section 4, and what is particular to Keycloak). */
final class ClaimRules {

    private final String issuer;
    private final String audience;
    private final Duration skew;
    private final Duration maxLifetime;

    ClaimRules(String issuer, String audience, Duration skew, Duration maxLifetime) {
        this.issuer = issuer;
        this.audience = audience;
        this.skew = skew;
        this.maxLifetime = maxLifetime;
    }

    VerifiedToken check(Claims claims, Instant now) throws TokenRefusedException {
        requireAccessToken(claims);
        String givenIssuer = claims.text("iss");
        if (!givenIssuer.equals(issuer)) {
            throw new TokenRefusedException(
                    Refusal.WRONG_ISSUER, "its issuer is " + Quoted.of(givenIssuer) + ", not '" + issuer + "'");
        }
        List<String> audiences = claims.textOrTexts("aud");
        if (!audiences.contains(audience)) {
            throw new TokenRefusedException(
                    Refusal.WRONG_AUDIENCE, "its audience " + Quoted.of(audiences.toString()) + " lacks " + audience);
        }
        // A fraction of the last second is dropped: a token never lives longer than the strictest reader would have it.
        Instant expiresAt = claims.instant("exp").truncatedTo(ChronoUnit.SECONDS);
        Instant issuedAt = claims.instant("iat");
        requireInTime(expiresAt, issuedAt, claims.optionalInstant("nbf"), now);
        return new VerifiedToken(claims, List.copyOf(audiences), issuedAt, expiresAt, now);
    }

    /**
     * Keycloak signs its other tokens with the same keys and puts what they are (ID, Refresh, Logout, ...) into a claim
     * {@code typ}. The header says it too, but only if the client is set up for it.
     */
    private static void requireAccessToken(Claims claims) throws TokenRefusedException {
        String type = claims.optionalText("typ");
        if (type != null && !type.equals("Bearer")) {
            throw new TokenRefusedException(
                    Refusal.WRONG_TYPE, "its claim 'typ' is " + Quoted.of(type) + ", not 'Bearer'");
        }
        if (claims.has("cnf")) {
            throw new TokenRefusedException(
                    Refusal.SENDER_CONSTRAINED,
                    "it is bound to a key of its holder, and the proof is not checked here");
        }
    }

    private void requireInTime(Instant expiresAt, Instant issuedAt, @Nullable Instant notBefore, Instant now)
            throws TokenRefusedException {
        if (!now.isBefore(expiresAt.plus(skew))) {
            throw new TokenRefusedException(Refusal.EXPIRED, "it expired at " + expiresAt + ", now is " + now);
        }
        requireReached("iat", issuedAt, now);
        if (notBefore != null) {
            requireReached("nbf", notBefore, now);
        }
        if (!issuedAt.isBefore(expiresAt)) {
            throw Claims.bad("exp", "is not later than 'iat'");
        }
        if (Duration.between(issuedAt, expiresAt).compareTo(maxLifetime) > 0) {
            throw new TokenRefusedException(
                    Refusal.LIFETIME_TOO_LONG,
                    "it lives from " + issuedAt + " to " + expiresAt + ", longer than " + maxLifetime);
        }
    }

    private void requireReached(String name, Instant start, Instant now) throws TokenRefusedException {
        // At the very edge of the skew the strictest reader refuses, and so does this one.
        if (!start.isBefore(now.plus(skew))) {
            throw new TokenRefusedException(
                    Refusal.NOT_YET_VALID, "its claim '" + name + "' is " + start + ", now is " + now);
        }
    }
}
