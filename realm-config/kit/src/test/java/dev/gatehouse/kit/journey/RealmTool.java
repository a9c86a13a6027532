// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.kit.server.Build;

import static org.assertj.core.api.Assertions.assertThat;

/** The packed realm tool, run as an operator runs it: a process with arguments, an environment and an input. */
final class RealmTool {

    private static final long LONGEST_MINUTES = 3;

    private final Gatehouse gatehouse;
    private final URI server;
    private final Map<String, String> environment;

    private RealmTool(Gatehouse gatehouse, URI server, Map<String, String> environment) {
        this.gatehouse = gatehouse;
        this.server = server;
        this.environment = Map.copyOf(environment);
    }

    /** For the administrator of the realm {@code master}. */
    static RealmTool of(Gatehouse gatehouse) {
        return new RealmTool(gatehouse, gatehouse.server().url(), Map.of());
    }

    /** The same, speaking to another address. */
    RealmTool at(URI address) {
        return new RealmTool(gatehouse, address, environment);
    }

    /** The same with one more variable in its environment. */
    RealmTool with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new RealmTool(gatehouse, server, more);
    }

    /** What a run came to. */
    record Run(int status, String out, String err) {

        Run succeeded() {
            assertThat(status).as("%s%n%s", out, err).isZero();
            return this;
        }

        Run refused() {
            assertThat(status).as("%s%n%s", out, err).isEqualTo(1);
            return this;
        }

        /** The lines of standard output. */
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Runs a command as the administrator; it is asked nothing. */
    Run run(String command, String... arguments) {
        return answering("", command, arguments);
    }

    /** Runs a command as the administrator, who types {@code answer}. */
    Run answering(String answer, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                command,
                "--server",
                server.toString(),
                "--user",
                gatehouse.server().adminUser()));
        all.addAll(List.of(arguments));
        return with("GATEHOUSE_ADMIN_PASSWORD", gatehouse.adminPassword()).start(answer, all);
    }

    /** Runs with these arguments and no others. */
    Run bare(String... arguments) {
        return start("", List.of(arguments));
    }

    private Run start(String input, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Build.target().resolve("gatehouse-realm-tool.jar").toString()));
        line.addAll(arguments);
        try {
            Path out = Files.createTempFile("realm-tool", ".out");
            Path err = Files.createTempFile("realm-tool", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.toUpperCase(Locale.ROOT)
                    .startsWith("GATEHOUSE_"));
            builder.environment().putAll(environment);
            int status = ended(builder.start(), input);
            Run run = new Run(status, text(out), text(err));
            assertThat(run.out() + run.err()).as("what the tool writes").doesNotContain(gatehouse.adminPassword());
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException("The realm tool could not be run", e);
        }
    }

    private static int ended(Process process, String input) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("The realm tool did not end in time");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the realm tool ran", e);
        }
    }

    private static String text(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
