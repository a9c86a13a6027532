// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.GatehouseCluster;
import dev.gatehouse.kit.probe.ProbeJar;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Program;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;

/**
 * Measures everything, first on one server, then on two nodes.
 *
 * <p>Exit status 0: every bound that could be measured was met. 1: one was missed, or something failed.
 */
public final class Bench {

    private final Report report;
    private final PrintStream err;

    private Bench(Report report, PrintStream err) {
        this.report = report;
        this.err = err;
    }

    public static void main(String[] arguments) {
        Program.leaveAfter("benchmark", () -> {
            Path file = Build.target().resolve("bench-results.md");
            return new Bench(new Report(file, System.out, InstantSource.system()), System.err).run();
        });
    }

    private int run() {
        try {
            new ImportCost(report).measure();
            new MemoryUnderFlood(report).ofOneProcess();
            onOneServer();
            onTwoNodes();
            report.write();
        } catch (RuntimeException | AssertionError e) {
            // Whatever part it is that fails, a person gets a sentence; the servers have ended by now.
            err.println("The benchmark failed: " + e.getMessage());
            return Program.FAILED;
        }
        report.misses().forEach(err::println);
        return report.misses().isEmpty() ? 0 : Program.FAILED;
    }

    private void onOneServer() {
        try (Gatehouse gatehouse = Gatehouse.start(Bench::start)) {
            new LoginCost(gatehouse, report).measure();
            new LinkCost(gatehouse, report).measure();
            new MemoryUnderFlood(report).ofAServer(gatehouse.server());
        }
    }

    private static RunningServer start(ServerSettings settings, Consumer<String> progress) throws StartFailure {
        List<String> options = Stream.concat(settings.options().stream(), MemoryUnderFlood.SERVER_OPTIONS.stream())
                .toList();
        return ServerRuntime.distribution(
                        Build.target().resolve("bench"),
                        List.of(ProbeJar.in(Build.target().resolve("probe"))))
                .start(
                        new ServerSettings(settings.port(), settings.environment(), settings.importRealm(), options),
                        progress);
    }

    private void onTwoNodes() {
        try (GatehouseCluster gatehouse = GatehouseCluster.start()) {
            new OneLimitOnTwoNodes(gatehouse, report).measure();
            // Last, for a node that is frozen is not of use for anything more.
            new FrozenStore(gatehouse, report).measure();
        }
    }
}
