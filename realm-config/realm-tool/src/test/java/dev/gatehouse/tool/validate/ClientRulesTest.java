// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://app.example/*",
                "https://*.example/callback",
                "http://app.example/callback",
                "HTTP://app.example/callback",
                "http://127.0.0.1.example/callback",
                "http://127.0.0.1@app.example/callback",
                "https://app.example/callback#here"
            })
    void aRedirectAddressThatCodesCouldLeaveByIsAnError(String uri) {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app")
                        .putArray("redirectUris")
                        .add(uri)))
                .containsExactly("error redirect-uri $.clients[gatehouse-app].redirectUris[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/callback",
                "http://127.0.0.1/callback",
                "http://127.0.0.1:8090/callback",
                "http://[::1]/callback",
                "http://localhost/callback",
                "com.example.app:/callback"
            })
    void anExactAddressWillDo(String uri) {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app")
                        .putArray("redirectUris")
                        .add(uri)))
                .isEmpty();
    }

    @Test
    void anAddressFromTheEnvironmentIsLookedAtToo() {
        assertThat(Changed.file(realm -> {}, Map.of("GATEHOUSE_APP_URL", "http://app.example")))
                .containsExactly(
                        "error redirect-uri $.clients[gatehouse-app].redirectUris[0]",
                        "error logout-uri $.clients[gatehouse-app].attributes[\"post.logout.redirect.uris\"]",
                        "error web-origin $.clients[gatehouse-app].webOrigins[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://app.example/##https://app.example/*", "http://app.example/"})
    void anAddressForAfterTheLogoutIsHeldToTheSame(String uris) {
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-app").put("post.logout.redirect.uris", uris)))
                .containsExactly("error logout-uri $.clients[gatehouse-app].attributes[\"post.logout.redirect.uris\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "-", "", "https://app.example/##http://127.0.0.1/"})
    void theRedirectAddressesOrNoneWillDoAfterTheLogout(String uris) {
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-app").put("post.logout.redirect.uris", uris)))
                .isEmpty();
    }

    @Test
    void everyOriginIsAnError() {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app")
                        .putArray("webOrigins")
                        .add("*")))
                .containsExactly("error web-origin $.clients[gatehouse-app].webOrigins[0]");
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app")
                        .putArray("webOrigins")
                        .add("+")))
                .isEmpty();
    }

    @Test
    void grantsThatGiveTokensAwayAreErrors() {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app").put("implicitFlowEnabled", true)))
                .containsExactly("error implicit-grant $.clients[gatehouse-app].implicitFlowEnabled");
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app").put("directAccessGrantsEnabled", true)))
                .containsExactly("error password-grant $.clients[gatehouse-app].directAccessGrantsEnabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", ""})
    void codesNeedAProof(String method) {
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-app").put("pkce.code.challenge.method", method)))
                .containsExactly("error pkce $.clients[gatehouse-app].attributes[\"pkce.code.challenge.method\"]");
    }

    @Test
    void aClientThatAsksForNoCodeNeedsNone() {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app").put("standardFlowEnabled", false)))
                .hasSize(0);
        assertThat(Changed.file(realm -> {
                    Changed.client(realm, "gatehouse-app").put("standardFlowEnabled", false);
                    Changed.attributes(realm, "gatehouse-app").remove("pkce.code.challenge.method");
                }))
                .isEmpty();
    }

    @Test
    void tokensOfAnotherTypeAreAWarning() {
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-app").remove("access.token.header.type.rfc9068")))
                .containsExactly(
                        "warning token-type $.clients[gatehouse-app].attributes[\"access.token.header.type.rfc9068\"]");
    }

    @Test
    void whatKeycloakMakesItselfIsLeftAlone() {
        assertThat(Changed.server("{}", realm -> {
                    ObjectNode console = Changed.add(realm, "clients").put("clientId", "security-admin-console");
                    console.putArray("redirectUris").add("/admin/gatehouse/console/*");
                    Changed.add(realm, "clients").put("clientId", "admin-cli").put("directAccessGrantsEnabled", true);
                }))
                .isEmpty();
    }

    @Test
    void samlHasItsOwnRules() {
        assertThat(Changed.file(realm -> {
                    ObjectNode saml = Changed.add(realm, "clients").put("clientId", "https://saml.example/metadata");
                    saml.put("protocol", "saml").putArray("redirectUris").add("https://saml.example/*");
                }))
                .isEmpty();
    }
}
