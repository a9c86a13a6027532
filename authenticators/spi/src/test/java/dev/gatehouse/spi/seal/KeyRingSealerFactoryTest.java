// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyRingSealerFactoryTest {

    private static final String PLACE = "spi-gatehouse-sealer--gatehouse-key-ring--";
    private static final SealContext CONTEXT = SealContext.of("a test");

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final List<ProviderEventListener> listeners = new ArrayList<>();

    /** Nothing of a database: whoever asks for one fails the test. */
    private final KeycloakSessionFactory keycloak = Stub.of(KeycloakSessionFactory.class)
            .on("register", call -> listeners.add((ProviderEventListener) call.get(0)))
            .get();

    private final KeyRingSealerFactory factory = new KeyRingSealerFactory();

    @AfterEach
    void end() {
        System.clearProperty(Environment.PROFILE);
        factory.close();
    }

    @Test
    void theOptionsAreTheseAndNoneIsSet() {
        assertThat(factory.getId()).isEqualTo("gatehouse-key-ring");
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("file", "variable", "vault");
        assertThat(factory.getOperationalInfo())
                .containsOnlyKeys("version", "file", "variable", "vault")
                .containsEntry("file", "");
    }

    @ParameterizedTest
    @CsvSource({"file,variable", "file,vault", "variable,vault"})
    void onlyOneSourceCanBeSet(String one, String other) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of(one, "x", other, "y"))))
                .withMessage("Gatehouse: only one of these can be set: " + PLACE + one + ", " + PLACE + other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "variable=1KEYS",
                "variable=${KEYS}",
                "variable=KEYS=x",
                "vault=${vault.otp}",
                "vault=a b",
                "vault=a}b",
                "vault=../keys"
            })
    void aWrongOptionStopsTheServerWithTheWholeNameOfTheOption(String option) {
        String key = option.substring(0, option.indexOf('='));
        String value = option.substring(key.length() + 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of(key, value))))
                .withMessageStartingWith("Gatehouse: " + PLACE + key + " is \"")
                .withMessageContaining("but must be ");
    }

    @Test
    void whatCannotBeAPathStopsTheServerToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of("file", "a\0b"))))
                .withMessageStartingWith("Gatehouse: " + PLACE + "file is \"")
                .withMessageEndingWith("but must be the path of a file");
    }

    @Test
    void withoutAnOptionNothingIsSealedAndNothingOpens() {
        factory.init(FakeConfig.scope(Map.of()));
        factory.postInit(keycloak);
        SecretSealer sealer = factory.create(server.request(realm).model());
        Envelope sealed = Envelope.parse("v1.k1." + "A".repeat(60)).orElseThrow();

        assertThat(sealer.isOn(realm.model())).isFalse();
        assertThat(sealer.seal(realm.model(), "secret".getBytes(StandardCharsets.UTF_8), CONTEXT))
                .isEqualTo(Optional.empty());
        assertThat(sealer.open(realm.model(), sealed, CONTEXT)).isEqualTo(new Opening.UnknownKey("k1"));
        assertThat(sealer.isCurrent(realm.model(), sealed)).isTrue();
    }

    @Test
    void aServerThatOnlyExportsOrRescuesLooksAtNoKeys(@TempDir Path folder) {
        System.setProperty(Environment.PROFILE, Environment.NON_SERVER_MODE);

        assertThatCode(() -> {
                    factory.init(FakeConfig.scope(
                            Map.of("file", folder.resolve("gone").toString())));
                    factory.postInit(keycloak);
                    listeners.forEach(listener -> listener.onEvent(new PostMigrationEvent(keycloak)));
                })
                .doesNotThrowAnyException();
        assertThat(listeners).hasSize(1);
    }

    @Test
    void beforeTheServerHasStartedNoKeysAreLookedAt(@TempDir Path folder) {
        assertThatCode(() -> {
                    factory.init(FakeConfig.scope(
                            Map.of("file", folder.resolve("gone").toString())));
                    factory.postInit(keycloak);
                    factory.create(server.request(realm).model());
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatNeverStartedCanBeClosed() {
        assertThatCode(new KeyRingSealerFactory()::close).doesNotThrowAnyException();
    }
}
