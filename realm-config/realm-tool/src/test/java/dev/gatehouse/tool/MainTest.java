// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.gatehouse.tool.report.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StringWriter usage = new StringWriter();

    private int run(String... arguments) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                stream,
                stream,
                new ByteArrayInputStream(new byte[0]),
                Map.of("GATEHOUSE_ADMIN_PASSWORD", "never-shown"));
        return Main.program(terminal)
                .setErr(new PrintWriter(usage))
                .setOut(new PrintWriter(usage))
                .execute(arguments);
    }

    private String problems() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("apply")).isEqualTo(2);
        assertThat(run("apply", "--server", "http://127.0.0.1")).isEqualTo(2);
        assertThat(run("apply", "--server", "http://127.0.0.1", "--user", "a", "--client", "b"))
                .isEqualTo(2);
        assertThat(run("apply", "--server", "http://127.0.0.1", "--user", "a", "--password", "b"))
                .isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
    }

    @Test
    void withoutACommandItTellsWhichThereAre() {
        assertThat(run()).isEqualTo(2);
        assertThat(usage.toString()).contains("apply").contains("leave");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(run("apply", "--help")).isZero();
        assertThat(run("leave", "--help")).isZero();
        assertThat(usage.toString()).contains("${GATEHOUSE_...}").contains("--dry-run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.org",
                "ftp://id.example.org",
                "id.example.org",
                "https://user:word@id.example.org",
                "https://id.example.org?x",
                "http://127.0.0.1.example.org",
                "http://localhost.example.org",
                "https:// x"
            })
    void aPasswordCrossesNoNetworkInClear(String server) {
        assertThat(run("apply", "--server", server, "--user", "root")).isEqualTo(1);
        assertThat(problems()).startsWith("error: --server").doesNotContain("never-shown");
    }

    @Test
    void aServerThatIsNotThereIsOneLine() {
        assertThat(run("apply", "--server", "http://127.0.0.1:1", "--user", "root"))
                .isEqualTo(1);
        assertThat(problems().lines().filter(line -> line.startsWith("error:"))).hasSize(1);
    }

    @Test
    void theRealmOfTheServerIsNoTarget() {
        assertThat(run("leave", "--server", "http://127.0.0.1:1", "--user", "root", "--realm", "master"))
                .isEqualTo(1);
        assertThat(problems()).contains("--realm: the realm master is the server's own");
    }
}
