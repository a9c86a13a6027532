// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;

/** The switch of the guard, and the mapper, which has no settings. */
public final class BrokerDeclarations implements Declarations {

    @Override
    public List<Setting<?>> realmSettings() {
        return BrokerSettings.ALL;
    }

    @Override
    public Map<String, List<Setting<?>>> providerSettings() {
        return Map.of(CheckedProfileMapperFactory.PROVIDER_ID, List.of());
    }
}
