// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A file with the keys that secrets are sealed with, as an operator keeps it. */
final class KeyRingFile {

    private final Path file;
    private final Map<String, String> keys = new LinkedHashMap<>();

    private KeyRingFile(Path file) {
        this.file = file;
    }

    /** A file that is not there yet. */
    static KeyRingFile at(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            return new KeyRingFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a key ring at " + file, e);
        }
    }

    /** The server's option that names this file. */
    String option() {
        return "--spi-gatehouse-sealer--gatehouse-key-ring--file=" + file;
    }

    /** The keys of these names, the first one is to seal. A name that is new gets a key, and keeps it. */
    KeyRingFile holds(String... ids) {
        write(Arrays.stream(ids)
                .map(id -> id + " " + keys.computeIfAbsent(id, any -> fresh()))
                .collect(Collectors.joining("\n", "# keys of a journey\n", "\n")));
        return this;
    }

    /** As {@link #holds}, for several files: what is new in one is the same in all. */
    static void hold(List<KeyRingFile> files, String... ids) {
        files.forEach(file -> file.keys.putAll(files.get(0).holds(ids).keys));
        files.forEach(file -> file.holds(ids));
    }

    /** Another key by this name, and no other key. The one from before is not lost. */
    void holdsAnotherAs(String id) {
        write(id + " " + fresh() + "\n");
    }

    /** Whatever an operator can get wrong. */
    void write(String text) {
        try {
            // As mounted secrets change: in one moment.
            Path next = Files.createTempFile(
                    file.getParent(),
                    "ring",
                    null,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the key ring " + file, e);
        }
    }

    private static String fresh() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
