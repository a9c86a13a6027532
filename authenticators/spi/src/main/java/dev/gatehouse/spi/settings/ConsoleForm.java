// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.util.List;

import dev.gatehouse.core.settings.Setting;
import org.keycloak.provider.ProviderConfigProperty;

/** How the admin console and the server's help show declared settings. */
public final class ConsoleForm {

    private ConsoleForm() {}

    /** The settings of a step, as its form asks for them. */
    public static List<ProviderConfigProperty> of(List<Setting<?>> settings) {
        return settings.stream().map(ConsoleForm::property).toList();
    }

    private static ProviderConfigProperty property(Setting<?> setting) {
        return new ProviderConfigProperty(
                setting.key(),
                setting.label(),
                setting.help() + " Must be " + setting.range() + "; default "
                        + (setting.defaultText().isEmpty() ? "empty" : setting.defaultText()) + ".",
                setting.kind() == Setting.Kind.FLAG
                        ? ProviderConfigProperty.BOOLEAN_TYPE
                        : ProviderConfigProperty.STRING_TYPE,
                setting.defaultText());
    }
}
