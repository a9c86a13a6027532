// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class VerifierBuilderTest {

    private static VerifierBuilder builder() {
        return TokenVerifier.forIssuer("https://id.example.com/realms/gatehouse")
                .audience("gatehouse-api")
                .algorithms(Algorithm.RS256);
    }

    private static void refuses(String message, ThrowingCallable setting) {
        assertThatIllegalArgumentException().isThrownBy(setting).withMessage(message);
    }

    @Test
    void hasTheseDefaults() {
        VerifierBuilder defaults = builder();

        assertThat(defaults.jwksUri)
                .isEqualTo(URI.create("https://id.example.com/realms/gatehouse/protocol/openid-connect/certs"));
        assertThat(defaults.clockSkew).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.maxLifetime).isEqualTo(Duration.ofHours(1));
        assertThat(defaults.refreshKeysAfter).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.discardKeysAfter).isEqualTo(Duration.ofHours(24));
        assertThat(defaults.connectTimeout).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.readTimeout).isEqualTo(Duration.ofSeconds(3));
        assertThat(defaults.tokenType).isEqualTo("at+jwt");
        assertThat(defaults.maxTokenLength).isEqualTo(8192);
        assertThat(defaults.allowedOrigins).isEmpty();
        assertThat(defaults.algorithms).containsExactly(Algorithm.RS256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example.com", "https://id.example.com:8443/realms/a", "http://localhost:8080/realms/a",
                "http://127.0.0.1/realms/a", "http://127.3.2.1:1/realms/a", "http://[::1]:8080/realms/a"
            })
    void takesSecureIssuersAndThoseOnThisMachine(String issuer) {
        assertThat(TokenVerifier.forIssuer(issuer)
                        .audience("a")
                        .algorithms(Algorithm.ES256)
                        .build())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://id.example.com/realms/a | must start with https:// (http is for loopback hosts)",
                "http://127.0.0.1.evil.example/a | must start with https:// (http is for loopback hosts)",
                "http://localhost.evil.example/a | must start with https:// (http is for loopback hosts)",
                "http://[::2]/realms/a | must start with https:// (http is for loopback hosts)",
                "https://id.example.com/realms/a/ | must not end with a slash",
                "https://id.example.com/ | must not end with a slash",
                "https://id.example.com/realms/a?x=1 | must have no query",
                "https://id.example.com/realms/a? | must have no query",
                "https://id.example.com/realms/a#x | must have no fragment",
                "https://id.example.com/realms/a# | must have no fragment",
                "https://ada@id.example.com/realms/a | must have no user name",
                "https:///realms/a | must name a host",
                "https:realms | must name a host",
                "/realms/a | must start with https://",
                "realms | must start with https://",
                "ftp://id.example.com/a | must start with https://",
                "HTTPS://id.example.com/a | must start with https://",
                "file:///etc/passwd | must start with https://",
                "https://id example.com | must be a URI",
            })
    void namesTheIssuerThatItRefusesAndTheRule(String issuer, String rule) {
        refuses("issuer '" + issuer + "' " + rule, () -> TokenVerifier.forIssuer(issuer));
    }

    @Test
    void refusesAnIssuerOutsideAscii() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenVerifier.forIssuer("https://id.example.com/r\u00e9alms"));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenVerifier.forIssuer(""));
    }

    @Test
    void refusesAnAudienceThatIsBlank() {
        for (String blank : List.of("", " ", "\t")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            TokenVerifier.forIssuer("https://id.example.com").audience(blank))
                    .withMessageContaining("audience");
        }
    }

    @Test
    void boundsEverySetting() {
        refuses("clockSkew PT-1S must be from PT0S to PT5M", () -> builder().clockSkew(Duration.ofSeconds(-1)));
        refuses("clockSkew PT5M1S must be from PT0S to PT5M", () -> builder().clockSkew(Duration.ofSeconds(301)));
        refuses("maxLifetime PT0S must be from PT1S to PT24H", () -> builder().maxLifetime(Duration.ZERO));
        refuses("maxLifetime PT25H must be from PT1S to PT24H", () -> builder().maxLifetime(Duration.ofHours(25)));
        refuses("refreshKeysAfter PT0S must be from PT1S to PT24H", () -> builder()
                .refreshKeysAfter(Duration.ZERO));
        refuses("discardKeysAfter PT169H must be from PT1S to PT168H", () -> builder()
                .discardKeysAfter(Duration.ofHours(169)));
        refuses("connectTimeout PT0S must be from PT0.1S to PT30S", () -> builder()
                .connectTimeout(Duration.ZERO));
        refuses("readTimeout PT31S must be from PT0.1S to PT30S", () -> builder()
                .readTimeout(Duration.ofSeconds(31)));
        refuses("maxTokenLength 1023 must be from 1024 to 65536", () -> builder()
                .maxTokenLength(1023));
        refuses("maxTokenLength 65537 must be from 1024 to 65536", () -> builder()
                .maxTokenLength(65537));
        refuses("tokenType '' must not be empty", () -> builder().tokenType(""));
        refuses("tokenType 'a b' must be visible ASCII without a slash", () -> builder()
                .tokenType("a b"));
        refuses(
                "discardKeysAfter PT1M must not be shorter than refreshKeysAfter PT5M",
                () -> builder().discardKeysAfter(Duration.ofMinutes(1)).build());
    }

    @Test
    void takesEverySettingAtItsBounds() {
        assertThat(builder()
                        .clockSkew(Duration.ZERO)
                        .clockSkew(Duration.ofMinutes(5))
                        .maxLifetime(Duration.ofHours(24))
                        .refreshKeysAfter(Duration.ofSeconds(1))
                        .discardKeysAfter(Duration.ofDays(7))
                        .connectTimeout(Duration.ofMillis(100))
                        .readTimeout(Duration.ofSeconds(30))
                        .maxTokenLength(64 * 1024)
                        .build())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keys.example.com/certs",
                "file:/etc/keys",
                "/certs",
                "https://a@b.example/certs",
                "https://b.example/#x"
            })
    void refusesAnUnsafeAddressOfKeys(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().jwksUri(URI.create(address)))
                .withMessageStartingWith("JWKS URI '" + address + "' must ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "https://app.example.com/",
                "https://app.example.com/x",
                "https://app.example.com?x",
                "http://app.example.com",
                "https://App.example.com",
                "https://app.example.com:443",
                "http://localhost:80",
                "app.example.com",
                "https://*.example.com"
            })
    void refusesAnOriginThatNoBrowserSends(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().allowedOrigins(List.of(origin)))
                .withMessageContaining(origin);
    }

    @Test
    void takesOriginsAsBrowsersSendThem() {
        List<String> origins =
                List.of("https://app.example.com", "https://app.example.com:8443", "http://localhost:3000");

        assertThat(builder().allowedOrigins(origins).allowedOrigins).containsExactlyElementsOf(origins);
    }

    @Test
    void asksForNoKeyWhenItIsBuilt() {
        try (TestRealm realm = new TestRealm()) {
            realm.verifier().build();
            assertThat(realm.server.fetches()).isZero();
        }
    }
}
