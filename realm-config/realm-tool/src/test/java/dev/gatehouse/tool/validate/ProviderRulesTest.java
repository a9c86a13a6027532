// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderRulesTest {

    @Test
    void withoutAServerAStepThatBearsThePacksNameIsOfThePack() {
        assertThat(Changed.file(realm -> Changed.step(realm, "gatehouse direct grant", 0)
                        .put("authenticator", "gatehouse-rate-limiter")))
                .containsExactly(
                        "error known-step $.authenticationFlows[gatehouse direct grant].authenticationExecutions[0].authenticator");
        assertThat(Changed.file(realm ->
                        Changed.step(realm, "gatehouse direct grant", 0).put("authenticator", "acme-step")))
                .isEmpty();
    }

    @Test
    void aPartOfAFormIsLookedUpAmongThose() {
        String info = "{'providers': {'authenticator': {'providers': {'only-a-step': {}}},"
                + " 'form-action': {'providers': {'gatehouse-registration-rate-limit': {},"
                + " 'registration-user-creation': {}, 'registration-password-action': {}}},"
                + " 'form-authenticator': {'providers': {'registration-page-form': {}}}}}";

        assertThat(Changed.server(info, realm -> {}))
                .isNotEmpty()
                .allMatch(finding -> finding.startsWith("error known-step "))
                .noneMatch(finding -> finding.contains("gatehouse registration"));
    }

    @ParameterizedTest
    @CsvSource({
        "protocol-mapper, known-mapper, 5",
        "identity-provider-mapper, known-mapper, 5",
        "client-policy-condition, known-policy, 2",
        "client-policy-executor, known-policy, 5",
        "client-authenticator, known-identity-provider, 2",
        "eventsListener, known-listener, 1",
        "password-policy, known-password-policy, 5",
        "identity_provider, known-identity-provider, 4"
    })
    void onAServerThatHasNoneOfAKindEveryOneIsMissing(String kind, String rule, int count) {
        assertThat(Changed.server("{'providers': {'" + kind + "': {'providers': {}}}}", realm -> {}))
                .hasSize(count)
                .allMatch(finding -> finding.startsWith("error " + rule + " "));
    }

    @Test
    void themesAreLookedUpByTheirType() {
        String info = "{'themes': {'login': [{'name': 'gatehouse'}], 'email': [{'name': 'base'}]}}";

        assertThat(Changed.server(info, realm -> {})).containsExactly("error known-theme $.emailTheme");
    }

    @Test
    void componentsAreLookedUpByTheirType() {
        String info = "{'componentTypes': {'org.keycloak.keys.KeyProvider': [{'id': 'aes-generated'},"
                + " {'id': 'rsa-generated'}, {'id': 'hmac-generated'}]}}";

        assertThat(Changed.server(info, realm -> {}))
                .containsExactly(
                        "error known-component $.components[\"org.keycloak.keys.KeyProvider\"][es256].providerId");
    }

    @Test
    void aRequiredActionIsLookedUp() {
        assertThat(Changed.server("{'providers': {'required-action': {'providers': {}}}}", realm -> {
                    ObjectNode action = Changed.add(realm, "requiredActions");
                    action.put("alias", "acme").put("providerId", "acme");
                }))
                .containsExactly("error known-required-action $.requiredActions[acme].providerId");
    }

    @Test
    void whatIsMissingFromThePackPointsToTheJar() {
        assertThat(Changed.sentence(realm ->
                        Changed.step(realm, "gatehouse direct grant", 0).put("authenticator", "gatehouse-nothing")))
                .endsWith("is gatehouse.jar in its providers folder?");
    }
}
