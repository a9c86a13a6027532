// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.gatehouse.kit.bench.Bootstrap.Pair;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;

/** How much longer a server takes to start that imports the realm, each time into a database of its own. */
final class ImportCost {

    private static final Duration MOST = Duration.ofSeconds(5);
    private static final int PAIRS = 5;

    private static final Map<String, String> VARIABLES =
            Map.of("GATEHOUSE_SMTP_HOST", "127.0.0.1", "GATEHOUSE_SMTP_FROM", "bench@gatehouse.example");

    private final Report report;

    ImportCost(Report report) {
        this.report = report;
    }

    void measure() {
        report.progress("Starting " + 2 * PAIRS + " servers, every other one imports the realm ...");
        // The first start of all reads the server's files from the disk.
        start(false);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            double without = start(false);
            pairs.add(new Pair(start(true), without));
        }
        double with = Bootstrap.median(pairs, Pair::with);
        double without = Bootstrap.median(pairs, Pair::without);
        report.add(Result.of(
                "a start that imports the realm, against one that does not (" + PAIRS + " pairs)",
                "at most " + MOST.toSeconds() + " s longer",
                String.format(
                        Locale.ROOT,
                        "%.1f s longer, ratio %.2f (medians %.1f and %.1f s)",
                        (with - without) / 1000,
                        with / without,
                        with / 1000,
                        without / 1000),
                with - without <= MOST.toMillis()));
    }

    /** How many milliseconds it takes until the server answers. */
    private static double start(boolean imports) {
        long begun = System.nanoTime();
        try (var server = ServerRuntime.distribution(Build.target().resolve("keycloak"), List.of())
                .start(new ServerSettings(0, VARIABLES, imports, List.of()), step -> {})) {
            double took = Duration.ofNanos(System.nanoTime() - begun).toNanos() / 1e6;
            if (!server.alive()) {
                throw new IllegalStateException("The server ended at once; its log is " + server.log());
            }
            return took;
        } catch (StartFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
