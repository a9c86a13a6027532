// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tokens;

import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;

/** The mapper and the executor; neither has settings of ours. */
public final class TokenDeclarations implements Declarations {

    @Override
    public List<Setting<?>> realmSettings() {
        return List.of();
    }

    @Override
    public Map<String, List<Setting<?>>> providerSettings() {
        return Map.of(
                ClientIdMapperFactory.PROVIDER_ID, List.of(), AccessTokenTypeExecutorFactory.PROVIDER_ID, List.of());
    }
}
