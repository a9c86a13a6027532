// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.Map;

import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.seal.SecretSealer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.OTPCredentialProviderFactory;
import org.keycloak.models.ModelValidationException;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SealedOtpCredentialProviderFactoryTest {

    private final Shop shop = new Shop();
    private final SealedOtpCredentialProviderFactory factory = new SealedOtpCredentialProviderFactory();

    @Test
    void itTakesThePlaceOfKeycloaksOwn() {
        assertThat(factory).isInstanceOf(OTPCredentialProviderFactory.class);
        assertThat(factory.getId()).isEqualTo(new OTPCredentialProviderFactory().getId());
        assertThat(factory.order()).isGreaterThan(new OTPCredentialProviderFactory().order());
    }

    @Test
    void theOptionIsThisAndTheConsoleShowsWhatHolds() {
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("accept-plaintext");
        assertThat(factory.getOperationalInfo()).containsEntry("accept-plaintext", "true");

        factory.init(FakeConfig.scope(Map.of("accept-plaintext", "false")));

        assertThat(factory.getOperationalInfo()).containsEntry("accept-plaintext", "false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "FALSE", "0"})
    void aWrongOptionStopsTheServerWithTheWholeNameOfTheOption(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of("accept-plaintext", value))))
                .withMessage("Gatehouse: spi-credential--keycloak-otp--accept-plaintext is \"" + value
                        + "\" but must be true or false");
    }

    @Test
    void whatItMakesGoesByTheOption() {
        shop.server.provide(SecretSealer.class, null, shop.sealer);
        shop.sealer.has("k1").sealsNothing();
        factory.init(FakeConfig.scope(Map.of("accept-plaintext", "false")));

        assertThatExceptionOfType(ModelValidationException.class)
                .isThrownBy(() -> factory.create(shop.server.request(shop.realm).model())
                        .createCredential(shop.realm.model(), shop.kim.model(), Shop.byTime("row-1")));
    }
}
