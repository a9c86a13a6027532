// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;

/** The realm attributes of limits and device marks. */
public final class LimitDeclarations implements Declarations {

    @Override
    public List<Setting<?>> realmSettings() {
        return RealmLimits.ALL;
    }

    @Override
    public Map<String, List<Setting<?>>> providerSettings() {
        return Map.of();
    }
}
