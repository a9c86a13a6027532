// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL of our own on 127.0.0.1, with one empty database. Closing it ends it and deletes what it wrote. */
public final class Postgres implements AutoCloseable {

    /** A machine under load needs minutes for what an idle one does in a second. */
    private static final Duration START = Duration.ofMinutes(3);

    private final EmbeddedPostgres server;
    private final ProcessHandle process;

    private Postgres(EmbeddedPostgres server, ProcessHandle process) {
        this.server = server;
        this.process = process;
    }

    /** Whether the programs that the tests bring along run on this machine. */
    static boolean runsHere() {
        return System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    }

    /** Starts one; of those that run at the same time each has a name of its own. */
    public static Postgres start(String name) {
        Path folder = Build.target().resolve("postgres");
        Path data = folder.resolve("data-" + name);
        Path log = Build.target().resolve("server-logs/postgres-" + name + ".log");
        try {
            // A run that was cut off leaves its data.
            Distribution.delete(data);
            Files.createDirectories(data);
            Files.createDirectories(log.getParent());
            Files.writeString(log, "");
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.toFile())
                    .setDataDirectory(data)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    // No socket in a folder that everybody shares.
                    .setServerConfig("unix_socket_directories", "''")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setPGStartupWait(START)
                    .start();
            return new Postgres(server, postmaster(data));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started; what it wrote is in " + log, e);
        }
    }

    /** What the library knows is only the program that started it. */
    private static ProcessHandle postmaster(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("PostgreSQL's process " + pid + " is gone"));
    }

    /** Keycloak's options for this database. It asks nobody for a password, but Keycloak does. */
    public List<String> options() {
        return List.of("--db-url=" + url(), "--db-username=postgres", "--db-password=postgres");
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    /** What is stored in it. */
    public Database stored() {
        return new Database(url(), "postgres", "postgres");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be stopped", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
