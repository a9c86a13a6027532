// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal(String input) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Map.of("EMPTY", "", "SET", "x"));
    }

    @Test
    void resultsAndProblemsDoNotMix() {
        Terminal terminal = terminal("");
        terminal.result("a result");
        terminal.problem(new Problem("$.a", "is wrong"));

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("a result");
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("error: $.a: is wrong");
    }

    @Test
    void noTextSteersTheTerminal() {
        terminal("").result("a\u001b[2Jb\rc\u202ed");

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("a\\u001b[2Jb\\u000dc\\u202ed");
    }

    @ParameterizedTest
    @CsvSource({"y,true", "Yes,true", "n,false", "'',false", "yeah,false"})
    void onlyYesIsYes(String answer, boolean yes) {
        assertThat(terminal(answer + "\n").confirm("Sure?")).isEqualTo(yes);
        assertThat(terminal("").confirm("Sure?")).isFalse();
    }

    @Test
    void aLineOfInputLeavesTheNextOneToBeRead() {
        Terminal terminal = terminal("secret\r\ny\n");

        assertThat(terminal.readLine()).contains("secret");
        assertThat(terminal.confirm("Sure?")).isTrue();
        assertThat(terminal.readLine()).isEmpty();
    }

    @Test
    void anEmptyVariableIsNone() {
        assertThat(terminal("").environment("EMPTY")).isEmpty();
        assertThat(terminal("").environment("NONE")).isEmpty();
        assertThat(terminal("").environment("SET")).contains("x");
    }
}
