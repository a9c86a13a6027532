// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A server that is about to import the realm with unfit values stops, says why, and has imported nothing. */
class ServerStartIT {

    private static final Map<String, String> GOOD = Map.of(
            "GATEHOUSE_SMTP_HOST", "127.0.0.1",
            "GATEHOUSE_SMTP_PORT", "2525",
            "GATEHOUSE_SMTP_FROM", "sign-in@gatehouse.example");

    /** Every variable that the realm has a placeholder for. */
    private static final List<String> ALL = List.of(
            "GATEHOUSE_APP_URL",
            "GATEHOUSE_BFF_URL",
            "GATEHOUSE_SMTP_AUTH",
            "GATEHOUSE_SMTP_FROM",
            "GATEHOUSE_SMTP_HOST",
            "GATEHOUSE_SMTP_PASSWORD",
            "GATEHOUSE_SMTP_PORT",
            "GATEHOUSE_SMTP_SSL",
            "GATEHOUSE_SMTP_STARTTLS",
            "GATEHOUSE_SMTP_USER");

    private static StartFailure refused(Map<String, String> environment, String... options) {
        StartFailure failure = catchThrowableOfType(StartFailure.class, () -> ServerRuntime.distribution()
                .start(new ServerSettings(0, environment, true, List.of(options)), step -> {})
                .close());
        assertThat(failure).as("the server must not start").isNotNull();
        assertThat(failure.log()).doesNotContain("\tat ").doesNotContain("imported");
        return failure;
    }

    @Test
    void variablesThatTheRealmNeedsAndThatAreNotSetAreNamed() {
        StartFailure failure = refused(Map.of());

        assertThat(failure)
                .hasMessageContaining("GATEHOUSE_SMTP_HOST is not set, but gatehouse.json needs it")
                .hasMessageContaining("GATEHOUSE_SMTP_FROM is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail\",\"x\":\"y",
                "secret\\n",
                "${GATEHOUSE_SMTP_PASSWORD:}",
                "mail.example\r\nX: y",
            })
    void aHostileValueIsRefusedInEachVariableByNameWithoutBeingRepeated(String value) {
        Map<String, String> environment = new HashMap<>();
        ALL.forEach(name -> environment.put(name, value));

        StartFailure failure = refused(environment);

        assertThat(ALL).allSatisfy(name -> assertThat(failure.getMessage())
                .containsPattern(name + " has a (quote, a backslash or \\$\\{|control character) in it"));
        assertThat(failure.log()).doesNotContain(value);
    }

    @Test
    void aValueThatIsNoneOfItsKindIsRefusedByNameWithoutBeingRepeated() {
        Map<String, String> environment = new HashMap<>();
        Map<String, String> rules = new HashMap<>();
        ALL.forEach(name -> {
            environment.put(name, "nothing of the kind");
            rules.put(name, "must be true or false");
        });
        rules.put("GATEHOUSE_APP_URL", "must be an address such as");
        rules.put("GATEHOUSE_BFF_URL", "must be an address such as");
        rules.put("GATEHOUSE_SMTP_FROM", "must be an email address");
        rules.put("GATEHOUSE_SMTP_HOST", "must be a host name or address");
        rules.put("GATEHOUSE_SMTP_PORT", "must be a port from 1 to 65535");
        // Whatever is typed can be somebody's name or password.
        rules.keySet().removeAll(List.of("GATEHOUSE_SMTP_PASSWORD", "GATEHOUSE_SMTP_USER"));

        StartFailure failure = refused(environment);

        rules.forEach((name, rule) -> assertThat(failure).hasMessageContaining(name + " " + rule));
        assertThat(failure.log()).doesNotContain("nothing of the kind");
    }

    @Test
    void aWrongServerOptionStopsTheServerWithOneClearLine() {
        StartFailure failure = refused(GOOD, "--spi-gatehouse-mail--gatehouse-mail-queue--capacity=many");

        assertThat(failure)
                .hasMessageContaining("spi-gatehouse-mail--gatehouse-mail-queue--capacity is \"many\""
                        + " but must be a whole number from 1 to 100000");
    }
}
