// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.List;

import dev.gatehouse.core.settings.Setting;

/** What a realm may set for sign-ins by other identity providers. */
final class BrokerSettings {

    static final Setting<Boolean> GUARD = Setting.flag(
            "gatehouse.brokerGuard",
            "Guard on identity providers",
            "Whether returns from other identity providers are held to the tab and the provider that they belong to, a second "
                    + "factor counts only for the account that showed it, and what goes wrong is told in words.",
            false);

    static final List<Setting<?>> ALL = List.of(GUARD);

    private BrokerSettings() {}
}
