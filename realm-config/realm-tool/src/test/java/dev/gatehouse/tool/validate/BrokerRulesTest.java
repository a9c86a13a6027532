// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerRulesTest {

    @ParameterizedTest
    @CsvSource({"error, github", "error, microsoft", "warning, oidc"})
    void anAddressThatNobodyVouchesForIsNotBelieved(String severity, String alias) {
        assertThat(Changed.file(realm -> Changed.provider(realm, alias).put("trustEmail", true)))
                .containsExactly(severity + " trusted-mail $.identityProviders[" + alias + "].trustEmail");
    }

    @Test
    void googleVouches() {
        assertThat(Changed.shipped(realm -> {}))
                .satisfies(realm -> assertThat(Changed.provider((ObjectNode) realm, "google")
                                .path("trustEmail")
                                .asBoolean())
                        .isTrue());
        assertThat(Changed.file(realm -> {})).isEmpty();
    }

    @Test
    void anIdTokenWithoutACheckedSignatureIsAnError() {
        assertThat(Changed.file(realm -> config(realm, "oidc").remove("validateSignature")))
                .containsExactly("error broker-signature $.identityProviders[oidc].config.validateSignature");
    }

    @ParameterizedTest
    @CsvSource({"pkceEnabled, false", "pkceMethod, plain"})
    void theOtherSideGetsAProofToo(String name, String value) {
        assertThat(Changed.file(realm -> config(realm, "github").put(name, value)))
                .containsExactly("error broker-pkce $.identityProviders[github].config.pkceMethod");
    }

    @Test
    void anAnswerBelongsToItsQuestion() {
        assertThat(Changed.file(realm -> config(realm, "oidc").put("disableNonce", "true")))
                .containsExactly("error broker-nonce $.identityProviders[oidc].config.disableNonce");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorizationUrl", "issuer", "jwksUrl", "tokenUrl", "userInfoUrl", "logoutUrl"})
    void plainHttpToTheOtherSideIsAnError(String name) {
        assertThat(Changed.file(realm -> config(realm, "oidc").put(name, "http://id.example/x")))
                .containsExactly("error broker-address $.identityProviders[oidc].config." + name);
        assertThat(Changed.file(realm -> config(realm, "oidc").put(name, "http://127.0.0.1:8080/x")))
                .isEmpty();
    }

    @Test
    void anEnabledProviderNeedsItsClient() {
        assertThat(Changed.file(realm -> Changed.provider(realm, "google").put("enabled", true)))
                .containsExactly("error broker-client $.identityProviders[google].config.clientId");
        assertThat(Changed.file(realm -> {
                    Changed.provider(realm, "google").put("enabled", true);
                    config(realm, "google").put("clientId", "gatehouse");
                }))
                .isEmpty();
    }

    @Test
    void tokensThatAreKeptAreAWarning() {
        assertThat(Changed.file(realm -> Changed.provider(realm, "google").put("storeToken", true)))
                .containsExactly("warning stored-token $.identityProviders[google].storeToken");
    }

    @Test
    void theGuardAndTheMapperOfThePackAreWanted() {
        assertThat(Changed.file(realm -> realm.withObject("attributes").put("gatehouse.brokerGuard", "false")))
                .containsExactly("warning broker-guard $.attributes[\"gatehouse.brokerGuard\"]");
        assertThat(Changed.file(
                        realm -> realm.withArray("identityProviderMappers").remove(0)))
                .containsExactly("warning broker-guard $.identityProviders[github]");
    }

    private static ObjectNode config(ObjectNode realm, String alias) {
        return Changed.provider(realm, alias).withObject("config");
    }
}
