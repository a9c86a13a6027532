// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.report.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProviderTest {

    private static final Map<String, String> DISCOVERED = Map.of(
            "issuer", "https://id.example",
            "authorizationUrl", "https://id.example/auth",
            "tokenUrl", "https://id.example/token",
            "jwksUrl", "https://id.example/keys");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aNewOneIsAsTheShippedRealmHasItWithCredentials(Kind kind) {
        Provider provider = Provider.of(Optional.empty(), wish(kind, "id", "s3cret"));

        ObjectNode expected = kind.shipped();
        expected.put("enabled", true);
        expected.withObject("config").put("clientId", "id").put("clientSecret", "s3cret");
        if (kind == Kind.OIDC) {
            DISCOVERED.forEach(expected.withObject("config")::put);
        }
        assertThat(provider.wanted()).isEqualTo(expected);
        assertThat(expected.at("/config/pkceMethod").asText()).isEqualTo("S256");
        assertThat(expected.at("/config/syncMode").asText()).isEqualTo("FORCE");
        assertThat(expected.path("postBrokerLoginFlowAlias").asText()).isEqualTo("gatehouse post broker login");
    }

    @Test
    void whatIsNotNamedStaysAndWhatIsUnsafeDoesNot() {
        ObjectNode before = enabled(Kind.OIDC);
        before.put("displayName", "Acme").put("firstBrokerLoginFlowAlias", "first broker login");
        before.withObject("config")
                .put("defaultScope", "openid groups")
                .put("pkceEnabled", "false")
                .put("validateSignature", "false");

        Provider provider = Provider.of(Optional.of(before), wish(Kind.OIDC, "", ""));

        assertThat(provider.changes())
                .containsExactly(
                        "config.pkceEnabled: false -> true",
                        "config.validateSignature: false -> true",
                        "firstBrokerLoginFlowAlias: first broker login -> gatehouse first broker login");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aSecondRunChangesNothing(Kind kind) {
        Provider provider = Provider.of(Optional.of(enabled(kind)), wish(kind, "id", "s3cret"));

        assertThat(provider.changes()).isEmpty();
        assertThat(provider.wanted()).isEqualTo(enabled(kind));
        assertThat(provider.keepsSecret()).isTrue();
    }

    @Test
    void aSecretIsReplacedWhereItIsAskedFor() {
        Provider provider = Provider.of(Optional.of(enabled(Kind.GITHUB)), wish(Kind.GITHUB, "id", "s3cret"))
                .withSecret("s3cret");

        assertThat(provider.changes()).containsExactly("config.clientSecret: *** -> ***");
        assertThat(provider.wanted().at("/config/clientSecret").asText()).isEqualTo("s3cret");
    }

    @Test
    void aReferenceToAVaultCanBeComparedAndShown() {
        Provider provider = Provider.of(Optional.of(enabled(Kind.GITHUB)), wish(Kind.GITHUB, "id", "${vault.github}"));

        assertThat(provider.changes()).containsExactly("config.clientSecret: *** -> ${vault.github}");
    }

    @Test
    void anotherClientHasAnotherSecret() {
        assertThatThrownBy(() -> Provider.of(Optional.of(enabled(Kind.GITHUB)), wish(Kind.GITHUB, "other", "")))
                .hasMessage("--secret-file: another client, or another provider, has another secret; give it too");
        assertThat(Provider.of(Optional.of(enabled(Kind.GITHUB)), wish(Kind.GITHUB, "other", "s3cret"))
                        .changes())
                .containsExactly("config.clientId: id -> other", "config.clientSecret: *** -> ***");
    }

    @Test
    void aSecretIsNotToldToAnotherProvider() {
        ObjectNode before = enabled(Kind.OIDC);
        before.withObject("config").put("issuer", "https://other.example").put("clientSecret", "${vault.other}");

        assertThatThrownBy(() -> Provider.of(Optional.of(before), wish(Kind.OIDC, "id", "")))
                .hasMessageStartingWith("--secret-file: another client, or another provider");
        assertThat(Provider.of(Optional.of(before), wish(Kind.OIDC, "id", "s3cret"))
                        .changes())
                .containsExactly(
                        "config.clientSecret: ${vault.other} -> ***",
                        "config.issuer: https://other.example -> https://id.example");
    }

    @ParameterizedTest
    @CsvSource({"'', s3cret, --client-id", "id, '', --secret-file"})
    void withoutCredentialsItIsNotEnabled(String clientId, String secret, String option) {
        assertThatThrownBy(() -> Provider.of(Optional.empty(), wish(Kind.GOOGLE, clientId, secret)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(option);
    }

    @Test
    void anUnknownIssuerIsRefused() {
        Wish wish = new Wish(
                Kind.OIDC,
                "oidc",
                true,
                Optional.of("id"),
                Optional.of("s3cret"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());

        assertThatThrownBy(() -> Provider.of(Optional.empty(), wish)).hasMessageStartingWith("--issuer: is needed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://id.example/token", "http://127.0.0.1.example/", "ftp://id.example", "https://a@b/", "x"})
    void anEndpointThatIsNotSafeIsRefused(String address) {
        ObjectNode before = enabled(Kind.OIDC);
        before.withObject("config").put("userInfoUrl", address);

        assertThatThrownBy(() -> Provider.of(Optional.of(before), wish(Kind.OIDC, "", "")))
                .hasMessageContaining("must be https");
    }

    @Test
    void onlyGoogleVouchesForAddresses() {
        ObjectNode before = enabled(Kind.MICROSOFT);
        before.put("trustEmail", true);

        assertThatThrownBy(() -> Provider.of(Optional.of(before), wish(Kind.MICROSOFT, "", "")))
                .hasMessageStartingWith("--trust-email");
        assertThat(Provider.of(Optional.of(before), trusting(Kind.MICROSOFT, true))
                        .changes())
                .isEmpty();
        assertThat(Provider.of(Optional.of(before), trusting(Kind.MICROSOFT, false))
                        .changes())
                .containsExactly("trustEmail: true -> false");
        assertThat(Provider.of(Optional.of(enabled(Kind.GOOGLE)), wish(Kind.GOOGLE, "", ""))
                        .changes())
                .isEmpty();
    }

    @Test
    void anAliasOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> Provider.of(Optional.of(enabled(Kind.GOOGLE)), wish(Kind.OIDC, "id", "s3cret")))
                .hasMessageContaining("choose another alias");
    }

    @Test
    void switchedOffItStaysAsItWas() {
        Wish off = new Wish(
                Kind.GOOGLE,
                "google",
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());

        assertThat(Provider.of(Optional.of(enabled(Kind.GOOGLE)), off).changes())
                .containsExactly("enabled: true -> false");
    }

    @Test
    void noSecretIsShown() {
        Provider provider = Provider.of(Optional.empty(), wish(Kind.GOOGLE, "id", "s3cret"));

        assertThat(String.join("\n", provider.changes()))
                .contains("clientSecret: (not set) -> ***")
                .doesNotContain("s3cret");
        assertThat(wish(Kind.GOOGLE, "id", "s3cret").toString()).doesNotContain("s3cret");
    }

    private static ObjectNode enabled(Kind kind) {
        ObjectNode provider = kind.shipped();
        provider.put("enabled", true);
        provider.withObject("config").put("clientId", "id").put("clientSecret", "**********");
        if (kind == Kind.OIDC) {
            DISCOVERED.forEach(provider.withObject("config")::put);
        }
        return provider;
    }

    private static Wish wish(Kind kind, String clientId, String secret) {
        return new Wish(
                kind,
                kind.id(),
                true,
                Wish.of(clientId),
                Wish.of(secret),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                kind == Kind.OIDC && !clientId.isEmpty() ? DISCOVERED : Map.of());
    }

    private static Wish trusting(Kind kind, boolean trust) {
        return new Wish(
                kind,
                kind.id(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(trust),
                Optional.empty(),
                Map.of());
    }
}
