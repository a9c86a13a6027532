// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.kit.server.Build;

/** The results of a run: shown as they come, and kept as a table. */
final class Report {

    private final Path file;
    private final PrintStream out;
    private final InstantSource clock;
    private final List<Result> results = new ArrayList<>();

    /** A table that an earlier run left is deleted: what is there afterwards is of this run. */
    Report(Path file, PrintStream out, InstantSource clock) {
        this.file = file;
        this.out = out;
        this.clock = clock;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    /** Says what is done now. */
    void progress(String line) {
        out.println("[bench] " + line);
        out.flush();
    }

    void add(Result result) {
        results.add(result);
        progress(result.row());
    }

    /** One sentence for each bound that was missed. */
    List<String> misses() {
        return results.stream().filter(Result::missed).map(Result::sentence).toList();
    }

    /** Writes the table. */
    void write() {
        List<String> lines = new ArrayList<>(List.of(
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + ", Keycloak " + Build.keycloakVersion()
                        + ", Java " + Runtime.version().feature() + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores",
                "",
                "| What | Bound | Measured | |",
                "|---|---|---|---|"));
        results.stream().map(Result::row).forEach(lines::add);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        progress("The table is in " + file);
    }
}
