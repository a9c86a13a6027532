// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Keycloak's own distribution with the kit unpacked over it, prepared once and started as often as needed. */
public final class Distribution {

    /** The database leaves nothing behind. */
    static final List<String> IN_MEMORY = buildOptions("dev-mem");

    /** Several servers can share the database. */
    static final List<String> ON_POSTGRES = buildOptions("postgres");

    /** A server finds what the one before it has stored; there is room for one at a time. */
    static final List<String> ON_FILES = buildOptions("dev-file");

    private static final String MARK = "prepared.txt";
    private static final Duration PREPARATION = Duration.ofMinutes(10);

    private final Path home;
    private final List<String> buildOptions;

    private Distribution(Path home, List<String> buildOptions) {
        this.home = home;
        this.buildOptions = buildOptions;
    }

    /** Kubernetes probes' endpoint tells when the server is ready, the metrics tell how it is. */
    private static List<String> buildOptions(String database) {
        return List.of("--db=" + database, "--health-enabled=true", "--metrics-enabled=true");
    }

    /** As {@link #prepare(Path, List, List, Consumer)}, for servers that stand alone and keep everything in memory. */
    public static Distribution prepare(Path folder, Consumer<String> progress) {
        return prepare(folder, IN_MEMORY, List.of(), progress);
    }

    /** As {@link #prepare(Path, Consumer)}, for servers of which each finds what the one before it has stored. */
    public static Distribution prepareForKeeping(Path folder, Consumer<String> progress) {
        return prepare(folder, ON_FILES, List.of(), progress);
    }

    /** As {@link #prepare(Path, Consumer)}, for servers on a {@link Postgres}. */
    public static Distribution prepareForPostgres(Path folder, Consumer<String> progress) {
        return prepare(folder, ON_POSTGRES, List.of(), progress);
    }

    /**
     * Unpacks Keycloak and the kit into {@code folder} and runs {@code kc.sh build} once, with these options. What is
     * there already, and made from the same bytes with the same options, is used again.
     *
     * @param providers jars beside the kit's own
     */
    static Distribution prepare(
            Path folder, List<String> buildOptions, List<Path> providers, Consumer<String> progress) {
        try {
            Path home = folder.resolve("keycloak-" + Build.keycloakVersion());
            Path mark = folder.resolve(MARK);
            String wanted = "server " + digest(Build.keycloakZip()) + "\nkit " + digest(Build.kit()) + "\noptions "
                    + String.join(" ", buildOptions) + "\nproviders " + digests(providers) + "\n";
            if (!Files.exists(mark) || !Files.readString(mark).equals(wanted)) {
                progress.accept("Unpacking Keycloak " + Build.keycloakVersion() + " ...");
                delete(folder);
                unpack(Build.keycloakZip(), folder);
                unpack(Build.kit(), home);
                for (Path provider : providers) {
                    Files.copy(provider, home.resolve("providers").resolve(provider.getFileName()));
                }
                executable(home.resolve("bin/kc.sh"));
                progress.accept("Preparing Keycloak with the kit; this takes a minute or two the first time ...");
                build(home, buildOptions, folder.resolve("build.log"));
                Files.writeString(mark, wanted);
            }
            return new Distribution(home, buildOptions);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare Keycloak in " + folder, e);
        }
    }

    /** Starts a server and waits until it answers. */
    public RunningServer start(ServerSettings settings, Consumer<String> progress) throws StartFailure {
        progress.accept("Starting Keycloak ...");
        return ServerProcess.start(home, settings);
    }

    /** Keycloak's home folder. */
    public Path home() {
        return home;
    }

    /** Where a server on files keeps what it stores. It is there after the first start. */
    public Path database() {
        return home.resolve("data/h2");
    }

    /** Prepares for what now lies in {@code providers/}. Who asks for a prepared distribution later gets a new one. */
    public void rebuild() {
        try {
            Files.deleteIfExists(home.resolveSibling(MARK));
            build(home, buildOptions, home.resolveSibling("build.log"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare Keycloak again in " + home, e);
        }
    }

    /** Runs another command of {@code kc.sh}; what it writes is in the build folder's {@code command.log}. */
    public void run(String... arguments) {
        try {
            run(home, List.of(arguments), home.resolveSibling("command.log"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run kc.sh in " + home, e);
        }
    }

    private static void build(Path home, List<String> options, Path log) throws IOException {
        run(home, Stream.concat(Stream.of("build"), options.stream()).toList(), log);
    }

    private static void run(Path home, List<String> arguments, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/kc.sh").toString());
        builder.command().addAll(arguments);
        ServerProcess.sameJava(builder.environment());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        String command = "kc.sh " + arguments.get(0);
        try {
            if (!process.waitFor(PREPARATION.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end in time; its output is in " + log);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command + " ran", e);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " failed; its output is in " + log);
        }
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile(), StandardCharsets.UTF_8)) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(archive + " has an entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    private static void executable(Path script) {
        if (!script.toFile().setExecutable(true)) {
            throw new IllegalStateException("Cannot make " + script + " executable");
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String digests(List<Path> files) throws IOException {
        StringBuilder digests = new StringBuilder();
        for (Path file : files) {
            digests.append(digest(file)).append(' ');
        }
        return digests.toString();
    }

    private static String digest(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
