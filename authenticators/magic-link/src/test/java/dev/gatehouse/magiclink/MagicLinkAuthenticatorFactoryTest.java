// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.ServiceLoader;

import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** What realms and consoles of others rely on: none of it may change by accident. */
class MagicLinkAuthenticatorFactoryTest {

    private final MagicLinkAuthenticatorFactory factory = new MagicLinkAuthenticatorFactory();

    @Test
    void theStepIsFoundByItsId() {
        assertThat(factory.getId()).isEqualTo("gatehouse-magic-link");
        assertThat(ServiceLoader.load(AuthenticatorFactory.class).stream()
                        .filter(provider -> provider.type() == MagicLinkAuthenticatorFactory.class))
                .hasSize(1);
    }

    @Test
    void itIsRequiredAlternativeOrDisabled() {
        assertThat(factory.getRequirementChoices())
                .containsExactly(Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED);
    }

    @Test
    void itHasNoCategoryThatBruteForceProtectionWouldCount() {
        assertThat(factory.getReferenceCategory()).isNull();
    }

    @Test
    void itIsConfigurableAndNothingForAUserToSetUp() {
        assertThat(factory.isConfigurable()).isTrue();
        assertThat(factory.isUserSetupAllowed()).isFalse();
        assertThat(factory.getConfigProperties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly(
                        "channel",
                        "numberAttribute",
                        "lifetime",
                        "codeDigits",
                        "resendAfter",
                        "allowUnverified",
                        "createAccounts",
                        "openDuringTemporaryLock");
    }

    @Test
    void theConsoleHasANameAndAHelpForIt() {
        assertThat(factory.getDisplayType()).isEqualTo("Magic Link (Gatehouse)");
        assertThat(factory.getHelpText()).isNotBlank();
        assertThat(factory.getOperationalInfo()).containsOnlyKeys("version");
    }

    @Test
    void theAddressesHaveTheSameName() {
        assertThat(new MagicLinkResourceProviderFactory().getId()).isEqualTo("gatehouse-magic-link");
    }
}
