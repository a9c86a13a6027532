// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

/**
 * Why a token was refused. The names are stable and fit for logs, metrics and alarms.
 *
 * <p>They are for the operator. What the caller is told is {@link TokenRefusedException#challenge()}, which says the same for
 * every flaw of a token.
 */
public enum Refusal {
    /** The request carries no token. */
    MISSING(401, ""),

    /** The request carries tokens that contradict each other, or more {@code Authorization} fields than one. */
    AMBIGUOUS(400, "invalid_request"),

    /** A token in a cookie came with an unsafe method from an origin that is not allowed. */
    ORIGIN_REFUSED(403, ""),

    /** The token is longer than the verifier reads. */
    TOO_LARGE(401, "invalid_token"),

    /** The token is not a JWS in compact form, or its JSON is not sound. */
    MALFORMED(401, "invalid_token"),

    /** The JOSE header asks for something that this verifier does not do, such as {@code crit}, {@code jku} or {@code cty}. */
    UNSUPPORTED_HEADER(401, "invalid_token"),

    /** Not an access token: the {@code typ} of the header or the {@code typ} claim says so. */
    WRONG_TYPE(401, "invalid_token"),

    /** Signed with an algorithm that is not allowed, or not the one its key is for. */
    WRONG_ALGORITHM(401, "invalid_token"),

    /** The issuer does not publish the key that the token names. */
    UNKNOWN_KEY(401, "invalid_token"),

    /** The signature is not the key's. */
    BAD_SIGNATURE(401, "invalid_token"),

    /** A claim is missing or not of the kind that it has to be. */
    BAD_CLAIM(401, "invalid_token"),

    /** The token has run out. */
    EXPIRED(401, "invalid_token"),

    /** The token is for later: its {@code nbf} or its {@code iat} lies ahead. */
    NOT_YET_VALID(401, "invalid_token"),

    /** Another issuer made it. */
    WRONG_ISSUER(401, "invalid_token"),

    /** It was made for another audience. */
    WRONG_AUDIENCE(401, "invalid_token"),

    /** It lives longer than the verifier allows. */
    LIFETIME_TOO_LONG(401, "invalid_token"),

    /** It is bound to a key of its holder ({@code cnf}), and this verifier cannot check who holds that. */
    SENDER_CONSTRAINED(401, "invalid_token"),

    /** The issuer's keys cannot be had. The token may be good: the caller should try again. */
    KEYS_UNAVAILABLE(503, ""),

    /** The token is good, but its user lacks a role. */
    ROLE_MISSING(403, "insufficient_scope"),

    /** The token is good, but its user has to sign in more strongly or again (RFC 9470). */
    STEP_UP_REQUIRED(401, "insufficient_user_authentication");

    private final int status;
    private final String error;

    Refusal(int status, String error) {
        this.status = status;
        this.error = error;
    }

    /** The HTTP status of the answer: 400, 401, 403 or 503. */
    public int status() {
        return status;
    }

    /** The {@code error} of RFC 6750, section 3.1, or an empty text where the answer has none. */
    String error() {
        return error;
    }
}
