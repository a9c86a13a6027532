// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.KeyRingException;
import org.jspecify.annotations.Nullable;

/**
 * A ring in a file that is mounted into the server. Only the owner and, for reading, the group may have access to it. A link
 * is followed, as containers mount secrets as links.
 *
 * <p>Not guaranteed on file systems without POSIX permissions: there access is not looked at.
 */
final class FileKeys implements KeySource {

    /** More than any ring has, and little enough to be read at once. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final Set<PosixFilePermission> ALLOWED = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ);

    private final Path file;

    /** What the file looked like when it was read; a reader and the one that asks for changes are one thread. */
    private volatile @Nullable Stamp seen;

    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    FileKeys(Path file) {
        this.file = file;
    }

    @Override
    public KeyRing read() throws KeyRingException {
        // Before the content: a change in between is seen at the next look.
        seen = stamp().orElse(null);
        return KeyRing.parse(text(), place());
    }

    @Override
    public boolean mayHaveChanged() {
        return !Objects.equals(stamp().orElse(null), seen);
    }

    @Override
    public String place() {
        return "the key ring " + file;
    }

    private String text() throws KeyRingException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new KeyRingException(place(), "there is no such file");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new KeyRingException(place(), "a key ring has 64 KiB at most");
            }
            if (!ALLOWED.containsAll(permissions())) {
                throw new KeyRingException(
                        place(),
                        "others than owner and group can reach the file, or the group can write to it; "
                                + "its mode must be 0640 or stricter");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // What the exception says is a path or a position; a decoder's message would be about bytes of keys.
            throw new KeyRingException(
                    place(), "it cannot be read as UTF-8 text (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Set<PosixFilePermission> permissions() throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.getPosixFilePermissions(file)
                : Set.of();
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(now.lastModifiedTime(), now.size(), now.fileKey()));
        } catch (IOException e) {
            // Away: reading it will say so.
            return Optional.empty();
        }
    }
}
