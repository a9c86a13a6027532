// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.List;
import java.util.Map;

import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A server that is about to import the realm with unfit values stops, says why, and has imported nothing. */
class ServerStartIT {

    private static final Map<String, String> GOOD = Map.of(
            "GATEHOUSE_SMTP_HOST", "127.0.0.1",
            "GATEHOUSE_SMTP_PORT", "2525",
            "GATEHOUSE_SMTP_FROM", "sign-in@gatehouse.example");

    private static StartFailure refused(Map<String, String> environment, String... options) {
        StartFailure failure = catchThrowableOfType(StartFailure.class, () -> ServerRuntime.distribution()
                .start(new ServerSettings(0, environment, true, List.of(options)), step -> {})
                .close());
        assertThat(failure).as("the server must not start").isNotNull();
        return failure;
    }

    @Test
    void variablesThatTheRealmNeedsAndThatAreNotSetAreNamed() {
        StartFailure failure = refused(Map.of());

        assertThat(failure)
                .hasMessageContaining("GATEHOUSE_SMTP_HOST is not set, but gatehouse.json needs it")
                .hasMessageContaining("GATEHOUSE_SMTP_FROM is not set");
        assertThat(failure.log()).doesNotContain("\tat ").doesNotContain("imported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GATEHOUSE_SMTP_HOST | mail\",\"x\":\"y | has a quote",
                "GATEHOUSE_SMTP_PASSWORD | secret\\n | has a quote, a backslash",
                "GATEHOUSE_SMTP_USER | ${GATEHOUSE_SMTP_PASSWORD} | or ${ in it",
                "GATEHOUSE_SMTP_PORT | 99999 | must be a port from 1 to 65535",
                "GATEHOUSE_SMTP_FROM | nobody | must be an email address",
            })
    void aHostileOrWrongValueIsRefusedByNameWithoutBeingRepeated(String name, String value, String rule) {
        Map<String, String> environment = new java.util.HashMap<>(GOOD);
        environment.put(name, value);

        StartFailure failure = refused(environment);

        assertThat(failure).hasMessageContaining(name).hasMessageContaining(rule);
        assertThat(failure.log()).doesNotContain(value).doesNotContain("\tat ").doesNotContain("imported");
    }

    @Test
    void aWrongServerOptionStopsTheServerWithOneClearLine() {
        StartFailure failure = refused(GOOD, "--spi-gatehouse-mail--gatehouse-mail-queue--capacity=many");

        assertThat(failure)
                .hasMessageContaining("spi-gatehouse-mail--gatehouse-mail-queue--capacity is \"many\""
                        + " but must be a whole number from 1 to 100000");
    }

    @Test
    void withoutAnImportNothingIsAskedForAndNothingIsImported() throws StartFailure {
        try (RunningServer server =
                ServerRuntime.distribution().start(new ServerSettings(0, Map.of(), false, List.of()), step -> {})) {
            assertThat(server.alive()).isTrue();
            var page = dev.gatehouse.kit.browser.Browser.fresh().open(server.url() + "/realms/gatehouse");
            assertThat(page.status()).isEqualTo(404);
        }
    }
}
