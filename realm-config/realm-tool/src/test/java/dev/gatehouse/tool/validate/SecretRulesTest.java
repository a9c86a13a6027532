// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geheim",
                "**********",
                "${GATEHOUSE_SECRET}",
                "${GATEHOUSE_SECRET:geheim}",
                "${GATEHOUSE_A:${GATEHOUSE_B:geheim}}",
                "${GATEHOUSE_A:${GATEHOUSE_B}}"
            })
    void aSecretThatOthersKnowIsAnError(String secret) {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-bff").put("secret", secret)))
                .containsExactly("error secret $.clients[gatehouse-bff].secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "${vault.bff}", "${GATEHOUSE_SECRET:}", "${GATEHOUSE_A:${GATEHOUSE_B:}}"})
    void aReferenceToOneWillDo(String secret) {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-bff").put("secret", secret)))
                .isEmpty();
    }

    @Test
    void secretsOfOtherSidesAreSecretsToo() {
        assertThat(Changed.file(realm -> {
                    Changed.provider(realm, "google").withObject("config").put("clientSecret", "geheim");
                    realm.withObject("smtpServer").put("password", "geheim");
                    realm.withObject("components")
                            .putArray("org.keycloak.storage.UserStorageProvider")
                            .addObject()
                            .put("name", "ldap")
                            .put("providerId", "ldap")
                            .putObject("config")
                            .putArray("bindCredential")
                            .add("geheim");
                }))
                .containsExactlyInAnyOrder(
                        "error secret $.identityProviders[google].config.clientSecret",
                        "error secret $.smtpServer.password",
                        "error secret $.components[\"org.keycloak.storage.UserStorageProvider\"][ldap].config.bindCredential");
    }

    @Test
    void aPrivateKeyIsASecret() {
        assertThat(Changed.file(
                        realm -> ((com.fasterxml.jackson.databind.node.ObjectNode) realm.withObject("components")
                                        .withArray("org.keycloak.keys.KeyProvider")
                                        .get(3)
                                        .path("config"))
                                .putArray("privateKey")
                                .add("MIIE")))
                .containsExactly(
                        "error secret $.components[\"org.keycloak.keys.KeyProvider\"][rs256].config.privateKey");
    }

    @Test
    void noFindingHoldsASecret() {
        assertThat(Changed.findings(
                        realm -> Changed.client(realm, "gatehouse-bff").put("secret", "geheim"), java.util.Map.of()))
                .noneMatch(finding -> finding.line().contains("geheim"));
    }

    @Test
    void whatAServerMasksIsNotLookedAt() {
        assertThat(Changed.server(
                        "{}", realm -> Changed.client(realm, "gatehouse-bff").put("secret", "**********")))
                .isEmpty();
    }
}
