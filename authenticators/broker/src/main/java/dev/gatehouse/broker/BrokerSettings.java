// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.List;

import dev.gatehouse.core.settings.Setting;

/** What a realm may set for sign-ins by other identity providers. */
final class BrokerSettings {

    static final Setting<Boolean> GUARD = Setting.flag(
            "gatehouse.brokerGuard",
            "Guard on identity providers",
            "Whether returns from other identity providers are held to the tab and the provider that they belong to, and "
                    + "what goes wrong there is told in words. Without it a second factor that one account has shown "
                    + "can count for another in the same tab.",
            false);

    static final List<Setting<?>> ALL = List.of(GUARD);

    private BrokerSettings() {}
}
