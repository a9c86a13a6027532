// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.change;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ChangesTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> written = new ArrayList<>();

    private Terminal terminal() {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, new ByteArrayInputStream(new byte[0]), Map.of());
    }

    private Change change(String what) {
        return new Change(what, List.of("~ " + what), () -> written.add(what));
    }

    @Test
    void theyAreMadeInTheirOrderWithAStepEach() {
        new Changes(List.of(change("role a"), change("client b"))).run(terminal());

        assertThat(written).containsExactly("role a", "client b");
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("[1/2] role a", "[2/2] client b");
    }

    @Test
    void aFailureStopsThemAndTellsWhatWasDoneBefore() {
        Change failing = new Change("client b", List.of("~ client b"), () -> {
            throw new RefusedException("PUT /admin/x answered 503: no explanation");
        });

        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> new Changes(List.of(change("role a"), failing, change("client c"))).run(terminal()));

        assertThat(written).containsExactly("role a");
        assertThat(refused.problems())
                .extracting(Problem::line)
                .containsExactly(
                        "PUT /admin/x answered 503: no explanation",
                        "stopped at client b, step 2 of 3; done before: role a",
                        "people can sign in all the same; run the same command again to go on from there");
    }
}
