// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DemoSettingsTest {

    @Test
    void theDemoListensWhereTheReadmeSays() throws DemoRefusal {
        DemoSettings settings = read();
        assertThat(settings.keycloak().number()).isEqualTo(8080);
        assertThat(settings.app().number()).isEqualTo(8090);
        assertThat(settings.inbox().number()).isEqualTo(8025);
        assertThat(settings.smtp().number()).isEqualTo(2525);
        assertThat(settings.function().number()).isEqualTo(8091);
        assertThat(settings.check()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true"})
    void aCheckTakesAnyFreePortButThoseThatAreAskedFor(String check) throws DemoRefusal {
        DemoSettings settings = read("demo.check", check, "demo.port.app", "18090");
        assertThat(settings.check()).isTrue();
        assertThat(settings.keycloak().number()).isZero();
        assertThat(settings.app().number()).isEqualTo(18_090);
        assertThat(settings.withFreePorts().keycloak().number()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "-1", "65536", "99999999999", "80 80", "8080\n", "0x50", "٨٠٨٠"})
    void aWrongPortIsRefusedByName(String port) {
        assertThatThrownBy(() -> read("demo.port.smtp", port))
                .isInstanceOf(DemoRefusal.class)
                .hasMessageStartingWith("demo.port.smtp must be a port from 1 to 65535")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void onePortIsNotForTwo() {
        assertThatThrownBy(() -> read("demo.port.smtp", "8080")).hasMessageContaining("-Ddemo.port.smtp=PORT");
    }

    @Test
    void aPortInUseIsRefusedByName() throws IOException, DemoRefusal {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = String.valueOf(other.getLocalPort());
            DemoSettings settings = read("demo.check", "true", "demo.port.inbox", port);
            assertThatThrownBy(settings::withFreePorts)
                    .isInstanceOf(DemoRefusal.class)
                    .hasMessageContaining("Port " + port + " on 127.0.0.1")
                    .hasMessageContaining("-Ddemo.port.inbox=PORT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "it's", "a\\b", "a\nb", "a\u0000", "${env.HOME}", "a\u0085"})
    void aHostileVariableIsRefusedByNameAndNotRepeated(String value) {
        assertThatThrownBy(() -> DemoSettings.read(new Properties(), Map.of("GATEHOUSE_SMTP_FROM", value)))
                .isInstanceOf(DemoRefusal.class)
                .hasMessageContaining("GATEHOUSE_SMTP_FROM")
                .message()
                .doesNotContain(value);
    }

    @Test
    void otherVariablesAreNobodysBusiness() throws DemoRefusal {
        assertThat(DemoSettings.read(new Properties(), Map.of("PS1", "\"\\n", "GATEHOUSE_SMTP_HOST", "mail.example")))
                .isNotNull();
    }

    @Test
    void aRefusalIsOneSentenceAndStatusTwo() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Properties properties = new Properties();
        properties.setProperty("demo.port.app", "nine");
        int status = new Demo(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(properties, Map.of());
        assertThat(status).isEqualTo(Demo.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    private static DemoSettings read(String... pairs) throws DemoRefusal {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return DemoSettings.read(properties, Map.of());
    }
}
