// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Report report(Path file) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Report(file, stream, () -> Instant.parse("2026-02-03T23:00:00Z"));
    }

    @Test
    void everyMissIsOneSentenceAndWhatWasNotRunIsNone() {
        Report report = report(folder.resolve("results.md"));
        report.add(Result.of("Cost", "at most 1.05", "1.01", true));
        report.add(Result.of("Memory", "at most 7 MiB", "9 MiB", false));
        report.add(Result.notRun("Redis", "10 of 10", "there is none"));

        assertThat(report.misses()).containsExactly("Memory: must be at most 7 MiB, but is 9 MiB.");
    }

    @Test
    void theTableTellsWhenAndOnWhatItWasMeasured() throws Exception {
        Path file = folder.resolve("deeper/results.md");
        Report report = report(file);
        report.add(Result.of("Cost", "at most 1.05", "1.01", true));
        report.add(Result.notRun("Redis", "10 of 10", "there is none"));

        report.write();

        assertThat(Files.readString(file))
                .startsWith("2026-02-03, Keycloak ")
                .contains(" cores\n")
                .endsWith("| Cost | at most 1.05 | 1.01 | met |\n| Redis | 10 of 10 | there is none | not run |\n");
    }

    @Test
    void noTableOfAnEarlierRunIsLeft() throws Exception {
        Path file = Files.writeString(folder.resolve("results.md"), "old");

        report(file);

        assertThat(file).doesNotExist();
    }
}
