// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlowRulesTest {

    private static final String BROWSER = "$.authenticationFlows[gatehouse browser]";

    @Test
    void anAliasIsThereOnce() {
        assertThat(Changed.file(realm ->
                        Changed.flow(realm, "gatehouse browser identifier").put("alias", "gatehouse browser")))
                .anyMatch(finding -> finding.matches("error flow-alias \\$\\.authenticationFlows\\[\\d+]\\.alias"));
    }

    @Test
    void aFlowIsOfAKindThatFits() {
        assertThat(Changed.file(
                        realm -> Changed.flow(realm, "gatehouse browser").put("providerId", "form-flow")))
                .contains("error flow-kind " + BROWSER + ".providerId");
        assertThat(Changed.file(
                        realm -> Changed.flow(realm, "gatehouse browser").put("providerId", "basic")))
                .containsExactly("error flow-kind " + BROWSER + ".providerId");
    }

    @Test
    void aPartOfAFlowExists() {
        assertThat(Changed.file(realm ->
                        Changed.step(realm, "gatehouse registration", 0).put("flowAlias", "nowhere")))
                .containsExactly(
                        "error sub-flow $.authenticationFlows[gatehouse registration].authenticationExecutions[0].flowAlias",
                        "error orphan-flow $.authenticationFlows[gatehouse registration form]");
    }

    @Test
    void aTopLevelFlowIsPartOfNone() {
        assertThat(Changed.file(realm -> Changed.flow(realm, "gatehouse registration form")
                        .put("topLevel", true)
                        .put("providerId", "basic-flow")))
                .contains(
                        "error sub-flow $.authenticationFlows[gatehouse registration].authenticationExecutions[0].flowAlias");
    }

    @Test
    void aStepIsSomething() {
        assertThat(Changed.file(
                        realm -> Changed.step(realm, "gatehouse browser", 0).remove("authenticator")))
                .containsExactly("error sub-flow " + BROWSER + ".authenticationExecutions[0]");
    }

    @Test
    void aFlowDoesNotComeBackToItself() {
        assertThat(Changed.file(realm -> Changed.step(realm, "gatehouse browser second factor", 1)
                        .put("authenticatorFlow", true)
                        .put("flowAlias", "gatehouse browser forms")))
                .contains(
                        "error flow-cycle $.authenticationFlows[gatehouse browser forms]",
                        "error flow-cycle $.authenticationFlows[gatehouse browser second factor]");
    }

    @Test
    void everyPartHasAPlace() {
        assertThat(Changed.file(realm -> Changed.add(realm, "authenticationFlows")
                        .put("alias", "lost")
                        .put("providerId", "basic-flow")
                        .put("topLevel", false)))
                .containsExactly("error orphan-flow $.authenticationFlows[lost]");
    }

    @Test
    void aRequirementIsOneOfFour() {
        assertThat(Changed.file(
                        realm -> Changed.step(realm, "gatehouse browser", 1).put("requirement", "OPTIONAL")))
                .containsExactly("error requirement " + BROWSER + ".authenticationExecutions[1].requirement");
        assertThat(Changed.file(
                        realm -> Changed.step(realm, "gatehouse browser", 1).put("requirement", "DISABLED")))
                .isEmpty();
    }

    @Test
    void onlyAFlowIsConditional() {
        assertThat(Changed.file(realm ->
                        Changed.step(realm, "gatehouse direct grant", 0).put("requirement", "CONDITIONAL")))
                .containsExactly(
                        "error requirement $.authenticationFlows[gatehouse direct grant].authenticationExecutions[0].requirement");
    }

    @Test
    void anAlternativeBesideARequiredStepIsAnError() {
        assertThat(Changed.file(
                        realm -> Changed.step(realm, "gatehouse browser", 0).put("requirement", "REQUIRED")))
                .containsExactly(
                        "error alternative-beside-required " + BROWSER + ".authenticationExecutions[1].requirement",
                        "error alternative-beside-required " + BROWSER + ".authenticationExecutions[2].requirement");
    }

    @Test
    void anAlternativeBesideAConditionWillDo() {
        assertThat(Changed.file(realm -> Changed.step(realm, "gatehouse browser second factor", 1)
                        .put("requirement", "ALTERNATIVE")))
                .isEmpty();
    }

    @Test
    void theConfigurationOfAStepExists() {
        assertThat(Changed.file(
                        realm -> Changed.step(realm, "gatehouse browser", 1).put("authenticatorConfig", "none")))
                .containsExactly("error step-config " + BROWSER + ".authenticationExecutions[1].authenticatorConfig");
    }

    @Test
    void aConfigurationOfNothingIsAWarning() {
        assertThat(Changed.file(
                        realm -> Changed.add(realm, "authenticatorConfig").put("alias", "lost")))
                .containsExactly("warning step-config $.authenticatorConfig[lost]");
    }

    @Test
    void theServersOwnFlowsAreItsOwnAffair() {
        assertThat(Changed.server("{}", realm -> Changed.add(realm, "authenticationFlows")
                        .put("alias", "old")
                        .put("builtIn", true)
                        .put("providerId", "what")
                        .put("topLevel", false)))
                .isEmpty();
    }
}
