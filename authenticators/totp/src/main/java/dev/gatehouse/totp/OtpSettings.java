// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.List;

import dev.gatehouse.core.settings.Setting;

/** What a realm says about one-time passwords beside Keycloak's own policy. */
final class OtpSettings {

    static final Setting<Boolean> GUARD = Setting.flag(
            "gatehouse.otpGuard",
            "Guard on one-time passwords",
            "Whether tries at one-time passwords are counted whatever asks for them, each code works once and never after a "
                    + "later one, and devices are set up with secrets that only the server makes.",
            false);

    static final List<Setting<?>> ALL = List.of(GUARD);

    private OtpSettings() {}
}
