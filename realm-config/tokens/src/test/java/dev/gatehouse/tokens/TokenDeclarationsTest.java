// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tokens;

import java.util.ServiceLoader;

import dev.gatehouse.core.settings.Declarations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenDeclarationsTest {

    @Test
    void theMapperAndTheExecutorAreDeclaredAndHaveNoSettings() {
        Declarations found = ServiceLoader.load(Declarations.class, getClass().getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(TokenDeclarations.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(found.realmSettings()).isEmpty();
        assertThat(found.providerSettings().keySet())
                .containsExactlyInAnyOrder(
                        new ClientIdMapperFactory().getId(), new AccessTokenTypeExecutorFactory().getId());
        assertThat(found.providerSettings().values()).allMatch(settings -> settings.isEmpty());
    }
}
