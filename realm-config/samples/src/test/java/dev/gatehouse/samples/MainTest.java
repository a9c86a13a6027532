// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

final class MainTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "GATEHOUSE_ISSUER", "https://id.example.com/realms/gatehouse",
            "GATEHOUSE_AUDIENCE", "gatehouse-api",
            "GATEHOUSE_APP_ORIGINS", "http://localhost:3000, https://app.example.com",
            "GATEHOUSE_PORT", "0"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String complaint() {
        try (MeFunction function = Main.start(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))) {
            assertThat(function).as("it started").isNull();
        }
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void startsAndSaysWhere() {
        try (MeFunction function = Main.start(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))) {
            assertThat(function).isNotNull();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("http://127.0.0.1:" + requireNonNull(function).port() + "/me");
        }
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATEHOUSE_ISSUER | '' | GATEHOUSE_ISSUER must be set",
                "GATEHOUSE_ISSUER | http://id.example.com | issuer 'http://id.example.com' must start with https://",
                "GATEHOUSE_AUDIENCE | ' ' | GATEHOUSE_AUDIENCE must be set",
                "GATEHOUSE_APP_ORIGINS | * | origin '*' must",
                "GATEHOUSE_APP_ORIGINS | http://localhost:3000/ | origin 'http://localhost:3000/' must end after",
                "GATEHOUSE_PORT | x | GATEHOUSE_PORT 'x' must be a number from 0 to 65535",
                "GATEHOUSE_PORT | 65536 | GATEHOUSE_PORT '65536' must be a number from 0 to 65535",
                "GATEHOUSE_PORT | -1 | GATEHOUSE_PORT '-1' must be a number from 0 to 65535",
            })
    void saysInOneSentenceWhichSettingIsWrong(String name, String value, String sentence) {
        environment.put(name, value);

        assertThat(complaint()).contains(sentence).doesNotContain("\n", "Exception");
    }

    @Test
    void saysThatThePortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("GATEHOUSE_PORT", String.valueOf(taken.getLocalPort()));

            assertThat(complaint())
                    .startsWith("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .doesNotContain("\n", "Exception");
        }
    }

    @Test
    void exitsWithStatusTwo() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        command.environment().remove("GATEHOUSE_ISSUER");
        command.redirectErrorStream(true);
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(said).contains("GATEHOUSE_ISSUER must be set").doesNotContain("\tat ");
    }
}
