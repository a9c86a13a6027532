// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bindings and other references from one part of a realm to another. */
class NamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "browserFlow",
                "registrationFlow",
                "directGrantFlow",
                "resetCredentialsFlow",
                "firstBrokerLoginFlow",
                "clientAuthenticationFlow"
            })
    void aBoundFlowExists(String binding) {
        assertThat(Changed.file(realm -> realm.put(binding, "nowhere")))
                .containsExactly("error bound-flow $." + binding);
    }

    @Test
    void aPartOfAFlowCannotBeBound() {
        assertThat(Changed.file(realm -> realm.put("browserFlow", "gatehouse browser forms")))
                .containsExactly("error bound-flow $.browserFlow");
    }

    @Test
    void aFileMayNameFlowsThatEveryRealmHas() {
        assertThat(Changed.file(realm -> realm.put("browserFlow", "browser"))).isEmpty();
    }

    @Test
    void onAServerTheFlowIsThere() {
        assertThat(Changed.server("{}", realm -> realm.put("browserFlow", "browser")))
                .containsExactly("error bound-flow $.browserFlow");
    }

    @Test
    void theFlowsOfAnIdentityProviderExist() {
        assertThat(Changed.file(realm -> Changed.provider(realm, "google").put("postBrokerLoginFlowAlias", "nowhere")))
                .containsExactly("error broker-flow $.identityProviders[google].postBrokerLoginFlowAlias");
    }

    @Test
    void aFlowThatAClientNamesExists() {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app")
                        .putObject("authenticationFlowBindingOverrides")
                        .put("browser", "7a2b")))
                .containsExactly(
                        "error client-flow $.clients[gatehouse-app].authenticationFlowBindingOverrides.browser");
    }

    @Test
    void aProfileOfAPolicyExists() {
        assertThat(Changed.file(
                        realm -> ((com.fasterxml.jackson.databind.node.ObjectNode) realm.withObject("clientPolicies")
                                        .withArray("policies")
                                        .get(0))
                                .putArray("profiles")
                                .add("fapi-2-security-profile")
                                .add("nowhere")))
                .containsExactly("error policy-profile $.clientPolicies.policies[gatehouse baseline].profiles[1]");
    }

    @Test
    void aScopeOfAClientExists() {
        assertThat(Changed.file(realm -> Changed.client(realm, "gatehouse-app")
                        .withArray("optionalClientScopes")
                        .add("nowhere")))
                .containsExactly("error client-scope $.clients[gatehouse-app].optionalClientScopes[1]");
    }

    @Test
    void withoutTheAttributeTheServerMakesNoScopes() {
        assertThat(Changed.file(realm -> realm.withObject("attributes").remove("CreateDefaultClientScopes")))
                .contains(
                        "error client-scope $.clientScopes",
                        "error client-scope $.clients[gatehouse-app].defaultClientScopes[1]");
    }

    @Test
    void aMapperBelongsToAnIdentityProvider() {
        assertThat(Changed.file(realm -> Changed.in(realm, "identityProviderMappers", "name", "gatehouse-member")
                        .put("identityProviderAlias", "nowhere")))
                .containsExactly(
                        "error identity-provider-alias $.identityProviderMappers[gatehouse-member].identityProviderAlias");
    }

    @Test
    void aMapperGivesARoleThatExists() {
        assertThat(Changed.file(realm -> Changed.in(realm, "identityProviderMappers", "name", "gatehouse-member")
                        .withObject("config")
                        .put("role", "nobody")))
                .containsExactly("error mapped-role $.identityProviderMappers[gatehouse-member].config.role");
        assertThat(Changed.file(realm -> Changed.in(realm, "identityProviderMappers", "name", "gatehouse-member")
                        .withObject("config")
                        .put("role", "realm-management.view-users")))
                .isEmpty();
    }
}
