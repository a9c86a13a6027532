// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettingRulesTest {

    @Test
    void anAttributeThatThePackDoesNotKnowIsAnError() {
        assertThat(Changed.file(realm -> realm.withObject("attributes").put("gatehouse.limits.login.adress", "5/1m")))
                .containsExactly("error realm-setting $.attributes[\"gatehouse.limits.login.adress\"]");
    }

    @Test
    void anAttributeWithAValueOutOfBoundsIsAnError() {
        assertThat(Changed.file(realm -> realm.withObject("attributes").put("gatehouse.limits.mode", "sometimes")))
                .containsExactly("error realm-setting $.attributes[\"gatehouse.limits.mode\"]");
        assertThat(Changed.sentence(realm -> realm.withObject("attributes").put("gatehouse.limits.mode", "sometimes")))
                .startsWith("is \"sometimes\" but must be ");
        assertThat(Changed.file(realm -> realm.withObject("attributes").put("gatehouse.limits.mode", "observe")))
                .isEmpty();
    }

    @Test
    void anOptionOfAStepIsHeldToTheSame() {
        assertThat(Changed.file(realm -> Changed.in(realm, "authenticatorConfig", "alias", "gatehouse magic link")
                        .withObject("config")
                        .put("lifetime", "8d")
                        .put("livetime", "5m")
                        .put("default.reference.value", "mail")))
                .containsExactlyInAnyOrder(
                        "error step-setting $.authenticatorConfig[gatehouse magic link].config.lifetime",
                        "error step-setting $.authenticatorConfig[gatehouse magic link].config.livetime");
    }

    @Test
    void otherPeoplesStepsHaveTheirOwnOptions() {
        assertThat(Changed.file(realm -> Changed.in(realm, "authenticatorConfig", "alias", "gatehouse review profile")
                        .withObject("config")
                        .put("anything", "goes")))
                .isEmpty();
    }
}
