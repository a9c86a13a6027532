// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The settings of a {@link TokenVerifier}. Issuer, audience and algorithms have been given by the time there is a builder;
 * everything here has a default that is safe. A value out of bounds is an {@link IllegalArgumentException} at once.
 */
public final class VerifierBuilder {

    private static final Duration SECOND = Duration.ofSeconds(1);

    final String issuer;
    final String audience;
    final Set<Algorithm> algorithms;

    URI jwksUri;
    Duration clockSkew = Duration.ofSeconds(30);
    Duration maxLifetime = Duration.ofHours(1);
    Duration refreshKeysAfter = Duration.ofMinutes(5);
    Duration discardKeysAfter = Duration.ofHours(24);
    Duration connectTimeout = Duration.ofSeconds(2);
    Duration readTimeout = Duration.ofSeconds(3);
    InstantSource time = InstantSource.system();
    String tokenType = "at+jwt";
    int maxTokenLength = 8 * 1024;
    Set<String> allowedOrigins = Set.of();

    private VerifierBuilder(String issuer, String audience, Set<Algorithm> algorithms) {
        this.issuer = issuer;
        this.audience = audience;
        this.algorithms = algorithms;
        this.jwksUri = URI.create(issuer + "/protocol/openid-connect/certs");
    }

    /** A verifier in the making that does not yet know whom the tokens have to be for. */
    public static final class NeedsAudience {

        private final String issuer;

        NeedsAudience(String issuer) {
            this.issuer = HttpAddress.issuer(issuer);
        }

        /**
         * Accepts tokens for this audience and no other.
         *
         * @param audience what a token's {@code aud} has to contain, letter for letter: the name of this API. An app's client id
         *     is not it; with that, tokens for one API would open every other
         */
        public NeedsAlgorithms audience(String audience) {
            if (audience.isBlank()) {
                throw new IllegalArgumentException("audience " + Quoted.of(audience) + " must not be blank");
            }
            return new NeedsAlgorithms(issuer, audience);
        }
    }

    /** A verifier in the making that does not yet know how the tokens have to be signed. */
    public static final class NeedsAlgorithms {

        private final String issuer;
        private final String audience;

        NeedsAlgorithms(String issuer, String audience) {
            this.issuer = issuer;
            this.audience = audience;
        }

        /** Accepts these and no other. The realm of the kit signs with {@link Algorithm#RS256}. */
        public VerifierBuilder algorithms(Algorithm first, Algorithm... more) {
            return new VerifierBuilder(issuer, audience, EnumSet.of(first, more));
        }
    }

    /** By how much the clocks of issuer and function may differ: 0 to 5 minutes, by default 30 seconds. */
    public VerifierBuilder clockSkew(Duration skew) {
        clockSkew = within("clockSkew", skew, Duration.ZERO, Duration.ofMinutes(5));
        return this;
    }

    /** The most that may lie between a token's {@code iat} and {@code exp}: 1 second to 24 hours, by default 1 hour. */
    public VerifierBuilder maxLifetime(Duration lifetime) {
        maxLifetime = within("maxLifetime", lifetime, SECOND, Duration.ofHours(24));
        return this;
    }

    /**
     * Where the keys are: https (http only on a loopback host), by default where Keycloak has them,
     * {@code <issuer>/protocol/openid-connect/certs}. For a function that reaches Keycloak by an inner name.
     */
    public VerifierBuilder jwksUri(URI address) {
        jwksUri = HttpAddress.keySet(address);
        return this;
    }

    /** Asks for the keys again when they are older: 1 second to 24 hours, by default 5 minutes. */
    public VerifierBuilder refreshKeysAfter(Duration age) {
        refreshKeysAfter = within("refreshKeysAfter", age, SECOND, Duration.ofHours(24));
        return this;
    }

    /**
     * Trusts no key that was fetched longer ago, whatever the key server does: 1 second to 7 days, by default 24 hours. So long
     * can the key server be away; and so long is a key that leaked trusted where the server cannot be reached.
     */
    public VerifierBuilder discardKeysAfter(Duration age) {
        discardKeysAfter = within("discardKeysAfter", age, SECOND, Duration.ofDays(7));
        return this;
    }

    /** How long to wait for a connection to the key server: 100 ms to 30 s, by default 2 s. */
    public VerifierBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout("connectTimeout", timeout);
        return this;
    }

    /** How long to wait for the keys once connected, all in all: 100 ms to 30 s, by default 3 s. */
    public VerifierBuilder readTimeout(Duration timeout) {
        readTimeout = timeout("readTimeout", timeout);
        return this;
    }

    /** The clock, for tests. By default the system's. */
    public VerifierBuilder time(InstantSource source) {
        time = source;
        return this;
    }

    /**
     * The {@code typ} that a token's header has to have, in any case and with or without {@code application/}; by default
     * {@code at+jwt} (RFC 9068, section 2.1). A Keycloak client that is not set up for it writes {@code JWT}, into its ID tokens
     * too.
     */
    public VerifierBuilder tokenType(String type) {
        for (int i = 0; i < type.length(); i++) {
            char letter = type.charAt(i);
            if (letter <= ' ' || letter >= 0x7f || letter == '/') {
                throw new IllegalArgumentException(
                        "tokenType " + Quoted.of(type) + " must be visible ASCII without a slash");
            }
        }
        if (type.isEmpty()) {
            throw new IllegalArgumentException("tokenType '' must not be empty");
        }
        tokenType = type;
        return this;
    }

    /** The longest token to read, in characters: 1024 to 65536, by default 8192. */
    public VerifierBuilder maxTokenLength(int characters) {
        if (characters < 1024 || characters > 64 * 1024) {
            throw new IllegalArgumentException("maxTokenLength " + characters + " must be from 1024 to 65536");
        }
        maxTokenLength = characters;
        return this;
    }

    /**
     * The origins whose pages may send unsafe requests with a token in a cookie, as browsers write them
     * ({@code https://app.example.com}); by default none. Requests of the function's own origin need no entry: browsers mark them.
     */
    public VerifierBuilder allowedOrigins(Collection<String> origins) {
        Set<String> checked = new LinkedHashSet<>();
        for (String origin : origins) {
            checked.add(HttpAddress.origin(origin));
        }
        allowedOrigins = checked;
        return this;
    }

    /**
     * The verifier. It asks for no key before the first token.
     *
     * @throws IllegalArgumentException when keys would be discarded before they are refreshed
     */
    public TokenVerifier build() {
        if (discardKeysAfter.compareTo(refreshKeysAfter) < 0) {
            throw new IllegalArgumentException("discardKeysAfter " + discardKeysAfter
                    + " must not be shorter than refreshKeysAfter " + refreshKeysAfter);
        }
        return new TokenVerifier(this);
    }

    private static Duration timeout(String name, Duration value) {
        return within(name, value, Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    private static Duration within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " " + value + " must be from " + least + " to " + most);
        }
        return value;
    }
}
