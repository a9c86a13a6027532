// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.security.PublicKey;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Verifies the access tokens of one Keycloak realm for one API.
 *
 * <pre>{@code
 * static final TokenVerifier VERIFIER = TokenVerifier.forIssuer("https://id.example.com/realms/gatehouse")
 *         .audience("gatehouse-api")
 *         .algorithms(Algorithm.RS256)
 *         .build();
 * }</pre>
 *
 * <p>Make one for the life of the process: it holds the issuer's keys. It is safe for use by many threads, keeps none of its own
 * alive, and survives being frozen and thawed. What it checks, and what not, is on the package's page.
 */
public final class TokenVerifier {

    private final Set<Algorithm> algorithms;
    private final String tokenType;
    private final int maxTokenLength;
    private final ClaimRules rules;
    private final OriginGuard originGuard;
    private final KeyRing keys;
    private final InstantSource time;

    TokenVerifier(VerifierBuilder settings) {
        this.algorithms = EnumSet.copyOf(settings.algorithms);
        this.tokenType = settings.tokenType;
        this.maxTokenLength = settings.maxTokenLength;
        this.rules = new ClaimRules(settings.issuer, settings.audience, settings.clockSkew, settings.maxLifetime);
        this.originGuard = new OriginGuard(Set.copyOf(settings.allowedOrigins));
        this.keys = new KeyRing(settings);
        this.time = settings.time;
    }

    /**
     * Begins a verifier.
     *
     * @param issuer the realm's address exactly as its tokens have it, such as {@code https://id.example.com/realms/gatehouse}:
     *     an absolute https URI (http only on a loopback host) without query, fragment and slash at the end
     * @throws IllegalArgumentException when it is anything else
     */
    public static VerifierBuilder.NeedsAudience forIssuer(String issuer) {
        return new VerifierBuilder.NeedsAudience(issuer);
    }

    /**
     * Verifies a token that the caller has already taken from where it came.
     *
     * <p>A token from a cookie belongs into {@link #verifyRequest}, which also looks at where the request comes from.
     *
     * @param token the compact form of a JWS; {@code null} and an empty text stand for none
     * @throws TokenRefusedException unless every check passes
     */
    public VerifiedToken verify(@Nullable String token) throws TokenRefusedException {
        if (token == null || token.isEmpty()) {
            throw new TokenRefusedException(Refusal.MISSING, "there is no token");
        }
        CompactJws jws = CompactJws.parse(token, maxTokenLength);
        JoseHeader header = JoseHeader.parse(jws.header(), algorithms, tokenType);
        PublicKey key = keys.find(header.keyId(), header.algorithm());
        if (!header.algorithm().verifies(key, jws.signed(), jws.signature())) {
            throw new TokenRefusedException(
                    Refusal.BAD_SIGNATURE, "its signature is not that of the key " + Quoted.of(header.keyId()));
        }
        // From here on it is the issuer who speaks.
        return rules.check(Claims.parse(jws.payload()), time.instant());
    }

    /**
     * Finds the token of a request and verifies it.
     *
     * <p>The token is in the header {@code Authorization: Bearer} (RFC 6750, section 2.1) or in a cookie named
     * {@code __Host-token} or {@code token}. Tokens that differ are refused, as is a cookie's token with a method other than GET,
     * HEAD and OPTIONS unless the request comes from the function's own or an allowed origin.
     *
     * @throws TokenRefusedException unless there is one token, and every check passes
     */
    public VerifiedToken verifyRequest(Request request) throws TokenRefusedException {
        TokenSource source = TokenSource.of(request);
        if (source.isCookie()) {
            originGuard.check(request);
        }
        return verify(source.token());
    }
}
