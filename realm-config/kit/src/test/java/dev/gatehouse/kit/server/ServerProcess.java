// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Keycloak that runs as a process of its own, on loopback only. */
final class ServerProcess implements RunningServer {

    /** A machine under load needs minutes for what an idle one does in twenty seconds. */
    private static final Duration START = Duration.ofMinutes(6);

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Pattern ERROR = Pattern.compile("ERROR(?:: |\\s+\\[[^]]*]\\s+\\([^)]*\\)\\s+)(.+)");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final URI url;
    private final String password;
    private final Path log;

    private ServerProcess(Process process, URI url, String password, Path log) {
        this.process = process;
        this.url = url;
        this.password = password;
        this.log = log;
    }

    static ServerProcess start(Path home, ServerSettings settings) throws StartFailure {
        try {
            int port = settings.port() == 0 ? freePort() : settings.port();
            int management = freePort();
            URI url = URI.create("http://127.0.0.1:" + port);
            String password = password();
            Path log = newLog();
            ProcessBuilder builder = new ProcessBuilder(command(home, settings, port, management, url));
            sameJava(builder.environment());
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx640m");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", password);
            builder.environment().putAll(settings.environment());
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            ServerProcess server = new ServerProcess(builder.start(), url, password, log);
            server.await(URI.create("http://127.0.0.1:" + management + "/health/ready"));
            return server;
        } catch (IOException e) {
            throw new StartFailure("Keycloak's process could not be started: " + e.getMessage(), e);
        }
    }

    private static List<String> command(Path home, ServerSettings settings, int port, int management, URI url) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/kc.sh").toString(),
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + management,
                "--hostname=" + url));
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

    private void await(URI ready) throws StartFailure {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
        long deadline = System.nanoTime() + START.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                if (!process.isAlive()) {
                    throw new StartFailure(
                            "Keycloak ended with status " + process.exitValue() + ": " + lastError(log), written(log));
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
                "Keycloak was not ready after " + START.toMinutes() + " minutes; what it wrote is in " + log,
                written(log));
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

    static String password() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A new file for what a server writes. */
    static Path newLog() throws IOException {
        Path log = Build.target().resolve("server-logs").resolve("keycloak-" + COUNT.incrementAndGet() + ".log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "");
        return log;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String adminUser() {
        return "admin";
    }

    @Override
    public String adminPassword() {
        return password;
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        // The script forwards a TERM to the server and waits for it; its children go with it if it has to be killed.
        List<ProcessHandle> family = process.descendants().toList();
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
