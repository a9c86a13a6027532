// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What an access token says, after every check has passed. Immutable.
 *
 * <p>There is one only because a {@link TokenVerifier} made it; nobody else can. It does not hold the token itself, so it cannot
 * be sent on, and it says what was true when the token was issued: roles may have been taken away since.
 */
public final class VerifiedToken {

    private final Map<String, @Nullable Object> claims;
    private final String subject;
    private final @Nullable String username;
    private final Set<String> roles;
    private final String issuer;
    private final Set<String> audience;
    private final @Nullable String clientId;
    private final @Nullable String sessionId;
    private final @Nullable String tokenId;
    private final @Nullable String acr;
    private final List<String> amr;
    private final Instant issuedAt;
    private final Instant expiresAt;
    private final @Nullable Instant authTime;
    private final Instant verifiedAt;

    VerifiedToken(Claims claims, List<String> audience, Instant issuedAt, Instant expiresAt, Instant verifiedAt)
            throws TokenRefusedException {
        this.claims = claims.values();
        this.subject = claims.text("sub");
        this.username = claims.optionalText("username");
        this.roles = Set.copyOf(claims.texts("roles"));
        this.issuer = claims.text("iss");
        this.audience = Set.copyOf(audience);
        this.clientId = claims.has("client_id") ? claims.optionalText("client_id") : claims.optionalText("azp");
        this.sessionId = claims.optionalText("sid");
        this.tokenId = claims.optionalText("jti");
        this.acr = claims.optionalText("acr");
        this.amr = claims.texts("amr");
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
        this.authTime = claims.optionalInstant("auth_time");
        this.verifiedAt = verifiedAt;
    }

    /** Who it is about ({@code sub}): in Keycloak the user's id, which never changes. The key to store things under. */
    public String subject() {
        return subject;
    }

    /** The name to show ({@code username}). Users and admins can change it, so it is no key. */
    public Optional<String> username() {
        return Optional.ofNullable(username);
    }

    /** The user's roles in the realm ({@code roles}); empty when the token has none. */
    public Set<String> roles() {
        return roles;
    }

    /** Who made it ({@code iss}): the issuer that the verifier was built for. */
    public String issuer() {
        return issuer;
    }

    /** Whom it is for ({@code aud}): the verifier's audience, perhaps among others. */
    public Set<String> audience() {
        return audience;
    }

    /** The app it was issued to ({@code client_id} as in RFC 9068, or else {@code azp}). */
    public Optional<String> clientId() {
        return Optional.ofNullable(clientId);
    }

    /** The sign-in session it belongs to ({@code sid}); absent for a client that signed in by itself. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(sessionId);
    }

    /** The token's own id ({@code jti}). */
    public Optional<String> tokenId() {
        return Optional.ofNullable(tokenId);
    }

    /** How strongly the user signed in ({@code acr}). */
    public Optional<String> acr() {
        return Optional.ofNullable(acr);
    }

    /** By which means the user signed in ({@code amr}, RFC 8176); empty when the token does not say. */
    public List<String> amr() {
        return amr;
    }

    /** When it was made ({@code iat}). */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** When it runs out ({@code exp}), in whole seconds and without the clock skew that the verifier allows. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** When the user last proved who they are ({@code auth_time}). */
    public Optional<Instant> authTime() {
        return Optional.ofNullable(authTime);
    }

    /** When the verifier looked at it. */
    public Instant verifiedAt() {
        return verifiedAt;
    }

    /**
     * All claims by name, unmodifiable all the way down: {@link String}, {@link java.math.BigDecimal}, {@link Boolean},
     * {@link List}, {@link Map}, and {@code null} where the token says {@code null}.
     */
    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    /**
     * Goes on only when the user has the role.
     *
     * @throws TokenRefusedException {@link Refusal#ROLE_MISSING}, status 403
     */
    public void requireRole(String role) throws TokenRefusedException {
        if (!roles.contains(role)) {
            throw new TokenRefusedException(
                    Refusal.ROLE_MISSING, "subject " + Quoted.of(subject) + " lacks the role '" + role + "'");
        }
    }

    /**
     * Goes on only when the user signed in with one of these strengths, however long ago.
     *
     * @param values the {@code acr} values that will do, the preferred one first
     * @throws TokenRefusedException {@link Refusal#STEP_UP_REQUIRED}, status 401 with the challenge of RFC 9470
     */
    public void requireAcr(Collection<String> values) throws TokenRefusedException {
        StepUp.require(this, new LinkedHashSet<>(values), null);
    }

    /**
     * Goes on only when the user signed in with one of these strengths, and not longer ago than this.
     *
     * @param values the {@code acr} values that will do, the preferred one first
     * @param maxAge the time since {@link #authTime()}, in whole seconds; zero or more. A token that does not tell is too old
     * @throws TokenRefusedException {@link Refusal#STEP_UP_REQUIRED}, status 401 with the challenge of RFC 9470
     */
    public void requireAcr(Collection<String> values, Duration maxAge) throws TokenRefusedException {
        StepUp.require(this, new LinkedHashSet<>(values), maxAge);
    }

    /** Who, for which app and until when; nothing with which anybody could sign in. */
    @Override
    public String toString() {
        return "VerifiedToken[subject=" + subject + ", clientId=" + clientId + ", expiresAt=" + expiresAt + "]";
    }
}
