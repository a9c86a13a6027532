// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;

/** The step for links and codes, and the realm attributes of first proofs and minted links. */
public final class LinkDeclarations implements Declarations {

    @Override
    public List<Setting<?>> realmSettings() {
        return Stream.of(FirstProofSettings.ALL, MintSettings.ALL)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public Map<String, List<Setting<?>>> providerSettings() {
        return Map.of(MagicLinkAuthenticatorFactory.PROVIDER_ID, MagicLinkSettings.ALL);
    }
}
