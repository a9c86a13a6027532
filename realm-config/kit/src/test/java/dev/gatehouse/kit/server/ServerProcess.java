// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Keycloak that runs as a process of its own, on loopback only. */
final class ServerProcess implements RunningServer {

    /** A machine under load needs minutes for what an idle one does in twenty seconds. */
    private static final Duration START = Duration.ofMinutes(6);

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Pattern ERROR = Pattern.compile("ERROR(?:: |\\s+\\[[^]]*]\\s+\\([^)]*\\)\\s+)(.+)");
    private static final String ADMIN = "admin";

    private final Process process;
    private final Seat seat;
    private volatile boolean frozen;

    private ServerProcess(Process process, Seat seat) {
        this.process = process;
        this.seat = seat;
    }

    /** Starts a server that stands alone, and waits until it answers. */
    static ServerProcess start(Path home, ServerSettings settings) throws StartFailure {
        try {
            ServerProcess server = launch(home, settings, Seat.alone(settings.port()));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new StartFailure("Keycloak's process could not be started: " + e.getMessage(), e);
        }
    }

    /** Starts a server in this seat, and waits for nothing. */
    static ServerProcess launch(Path home, ServerSettings settings, Seat seat) throws StartFailure {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(home, settings, seat));
            sameJava(builder.environment());
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx640m");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", seat.adminPassword());
            builder.environment().putAll(settings.environment());
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(seat.log().toFile()));
            return new ServerProcess(builder.start(), seat);
        } catch (IOException e) {
            throw new StartFailure("Keycloak's process could not be started: " + e.getMessage(), e);
        }
    }

    private static List<String> command(Path home, ServerSettings settings, Seat seat) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString(), "start", "--optimized"));
        command.addAll(seat.options());
        if (settings.importRealm()) {
            command.add("--import-realm");
        }
        command.addAll(settings.options());
        return command;
    }

    /** The server runs on the Java that runs the build, whatever else the machine has. */
    static void sameJava(Map<String, String> environment) {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // What a developer's shell holds for Keycloak must not leak into a test.
        environment.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("KC_"));
        environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
        environment.remove("JAVA_OPTS");
        environment.remove("JAVA_OPTS_APPEND");
    }

    /** Waits until the server answers; one that does not is ended. */
    void awaitReady() throws StartFailure {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request = HttpRequest.newBuilder(management().resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                if (!process.isAlive()) {
                    throw new StartFailure(
                            "Keycloak ended with status " + process.exitValue() + ": " + lastError(log()),
                            written(log()));
                }
                if (answers(client, request)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(250);
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while Keycloak started", e);
        }
        close();
        throw new StartFailure(
                "Keycloak was not ready after " + START.toMinutes() + " minutes; what it wrote is in " + log(),
                written(log()));
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet: this is what we poll for.
            return false;
        }
    }

    /** The server's own sentences about why it stopped. */
    static String lastError(Path log) {
        List<String> sentences = new ArrayList<>();
        written(log).lines().forEach(line -> {
            Matcher matcher = ERROR.matcher(line);
            if (matcher.find() && !sentences.contains(matcher.group(1))) {
                sentences.add(matcher.group(1));
            }
        });
        return sentences.isEmpty() ? "what it wrote is in " + log : String.join(" ", sentences);
    }

    private static String written(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the server's log " + log, e);
        }
    }

    @Override
    public URI url() {
        return seat.url();
    }

    @Override
    public URI frontend() {
        return seat.frontend();
    }

    @Override
    public URI management() {
        return seat.management();
    }

    @Override
    public String adminUser() {
        return ADMIN;
    }

    @Override
    public String adminPassword() {
        return seat.adminPassword();
    }

    @Override
    public Path log() {
        return seat.log();
    }

    @Override
    public boolean alive() {
        return process.isAlive();
    }

    /** Whether it was {@linkplain #freeze frozen} and not let go again. */
    boolean frozen() {
        return frozen && alive();
    }

    /** As if the power had failed: the server can do nothing any more, not even say goodbye. */
    void kill() {
        // What we started is a script; the server is below it, and the script ends with it.
        family().forEach(ProcessHandle::destroyForcibly);
        close();
    }

    /** It keeps its memory and its connections, and does nothing. */
    void freeze() {
        signal("STOP");
        frozen = true;
    }

    /** It goes on where it was, and does not know that time has passed. */
    void thaw() {
        signal("CONT");
        frozen = false;
    }

    private void signal(String name) {
        List<ProcessHandle> family = family();
        if (family.isEmpty()) {
            throw new IllegalStateException("Keycloak does not run; what it wrote is in " + log());
        }
        String pids = family.stream().map(child -> Long.toString(child.pid())).collect(Collectors.joining(" "));
        try {
            // The shell's own command: not every machine has it as a program.
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pids).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("Keycloak's process could not be sent " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Keycloak's process could not be sent " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak was sent " + name, e);
        }
    }

    private List<ProcessHandle> family() {
        return process.descendants().toList();
    }

    @Override
    public void close() {
        // The script forwards a TERM to the server and waits for it; its children go with it if it has to be killed.
        List<ProcessHandle> family = family();
        if (frozen) {
            // It would hear nothing milder.
            family.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
