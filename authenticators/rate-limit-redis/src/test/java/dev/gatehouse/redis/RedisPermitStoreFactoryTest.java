// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Set;

import dev.gatehouse.spi.fake.FakeConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RedisPermitStoreFactoryTest {

    private static final String PLACE = "Gatehouse: spi-gatehouse-permit-store--gatehouse-redis--";

    private final RedisPermitStoreFactory factory = new RedisPermitStoreFactory();

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void theDefaultsAreTheseAndTheConsoleOfTheServerShowsWhatHolds() {
        assertThat(factory.getId()).isEqualTo("gatehouse-redis");
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("url", "username", "password", "timeout-millis", "pool-size", "key-prefix");
        assertThat(factory.getOperationalInfo())
                .containsEntry("url", "")
                .containsEntry("username", "")
                .containsEntry("password", "")
                .containsEntry("timeout-millis", "200")
                .containsEntry("pool-size", "8")
                .containsEntry("key-prefix", "gatehouse")
                .containsKey("version");

        factory.init(FakeConfig.scope(Map.of(
                "url", "rediss://redis.example.org", "username", "keycloak", "password", "s3cret", "pool-size", "20")));
        assertThat(factory.getOperationalInfo())
                .containsEntry("url", "rediss://redis.example.org:6379/0")
                .containsEntry("username", "keycloak")
                .containsEntry("password", "Password[redacted]")
                .containsEntry("pool-size", "20");
    }

    @ParameterizedTest
    @CsvSource({
        "url, localhost, 'redis:// or rediss://, a host, and if need be a port and the number of a database, such as "
                + "rediss://redis.example.org:6379/0'",
        "timeout-millis, 49, a whole number from 50 to 1000",
        "timeout-millis, 200ms, a whole number from 50 to 1000",
        "pool-size, 0, a whole number from 1 to 256",
        "key-prefix, '{a}', '1 to 40 letters, digits, points, hyphens or underscores'",
    })
    void aWrongOptionStopsTheServerWithTheWholeNameOfTheOption(String key, String value, String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of(key, value))))
                .withMessage(PLACE + key + " is \"" + value + "\" but must be " + range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://keycloak:s3cret@localhost:6379", "redis://:s3cret@localhost", "keycloak:s3cret@host"})
    void aPasswordInTheAddressStopsTheServerAndIsNotShown(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of("url", url))))
                .withMessage(PLACE + "url must not hold a user or password: username and password are options of their "
                        + "own");
    }

    @Test
    void aUserWithoutAPasswordStopsTheServer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of("username", "keycloak"))))
                .withMessage(PLACE + "username is set but password is not");
    }

    @Test
    void aStoreThatIsChosenNeedsAnAddress() {
        factory.init(FakeConfig.scope(Map.of()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.open(Nodes.server()))
                .withMessage(PLACE + "url is not set but the limiter's store is redis");
    }

    @Test
    void nothingConnectsBeforeTheFirstPermitAndNoThreadIsStarted() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ServerSocket redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            redis.setSoTimeout(300);
            factory.init(FakeConfig.scope(Map.of("url", "redis://127.0.0.1:" + redis.getLocalPort())));
            factory.postInit(Nodes.server());
            factory.open(Nodes.server());

            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(redis::accept);
        }
        assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
    }

    @Test
    void theStoreIsOpenedOnce() {
        factory.init(FakeConfig.scope(Map.of("url", "redis://localhost")));

        assertThat(factory.open(Nodes.server())).isSameAs(factory.open(Nodes.server()));
    }
}
