// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;

/** The switch of the guard. */
public final class OtpDeclarations implements Declarations {

    @Override
    public List<Setting<?>> realmSettings() {
        return OtpSettings.ALL;
    }

    @Override
    public Map<String, List<Setting<?>>> providerSettings() {
        return Map.of();
    }
}
