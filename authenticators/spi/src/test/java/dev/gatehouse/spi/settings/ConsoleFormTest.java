// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.util.List;

import dev.gatehouse.core.settings.Setting;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleFormTest {

    @Test
    void aSettingIsAFieldThatTellsItsRuleAndItsDefault() {
        List<ProviderConfigProperty> form =
                ConsoleForm.of(List.of(Setting.integer("count", "Count", "How many there are.", 5, 1, 10)));

        assertThat(form).singleElement().satisfies(field -> {
            assertThat(field.getName()).isEqualTo("count");
            assertThat(field.getLabel()).isEqualTo("Count");
            assertThat(field.getHelpText())
                    .isEqualTo("How many there are. Must be a whole number from 1 to 10; default 5.");
            assertThat(field.getType()).isEqualTo(ProviderConfigProperty.STRING_TYPE);
            assertThat(field.getDefaultValue()).isEqualTo("5");
        });
    }

    @Test
    void aSwitchIsASwitch() {
        List<ProviderConfigProperty> form = ConsoleForm.of(List.of(Setting.flag("open", "Open", "Whether.", true)));

        assertThat(form).singleElement().satisfies(field -> {
            assertThat(field.getType()).isEqualTo(ProviderConfigProperty.BOOLEAN_TYPE);
            assertThat(field.getDefaultValue()).isEqualTo("true");
        });
    }

    @Test
    void fieldsStandInTheOrderOfDeclaration() {
        assertThat(ConsoleForm.of(List.of(
                        Setting.flag("b", "B", "B.", true),
                        Setting.duration("c", "C", "C.", "1s", "1s", "1s"),
                        Setting.flag("a", "A", "A.", true))))
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("b", "c", "a");
        assertThat(ConsoleForm.of(List.of())).isEmpty();
    }
}
