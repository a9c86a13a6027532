// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import dev.gatehouse.core.seal.KeyRingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileKeysTest {

    private static final String RING = TestKeys.ring("k2=2", "k1=1") + "\n";

    private final Path folder;
    private final Path file;
    private final FileKeys keys;

    FileKeysTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("ring");
        this.keys = new FileKeys(file);
    }

    @BeforeEach
    void begin() throws IOException {
        write(file, RING);
    }

    private static void write(Path path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        mode(path, "rw-r-----");
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private void isRefused(String why) {
        assertThatExceptionOfType(KeyRingException.class)
                .isThrownBy(keys::read)
                .withMessage("the key ring " + file + why)
                .withMessageNotContaining(TestKeys.text(1))
                .withMessageNotContaining(TestKeys.text(2));
    }

    @Test
    void theKeysOfTheFileAreInItsOrder() throws KeyRingException {
        assertThat(keys.read().ids()).containsExactly("k2", "k1");
        assertThat(keys.read().first()).isEqualTo(TestKeys.K2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "r--------", "r--r-----", "rwx------"})
    void aFileOfTheOwnerThatTheGroupMayReadIsTaken(String permissions) throws IOException, KeyRingException {
        mode(file, permissions);

        assertThat(keys.read().ids()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw-----w-", "rw-rw-rw-", "rw-r-x---", "rw------x", "r--r--r--"})
    void aFileThatOthersCanReachIsRefused(String permissions) throws IOException {
        mode(file, permissions);

        isRefused(
                ": others than owner and group can reach the file, or the group can write to it; its mode must be 0640 or "
                        + "stricter");
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws IOException {
        Files.delete(file);

        isRefused(": there is no such file");
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);

        isRefused(": there is no such file");
    }

    @Test
    void aLinkToNothingIsNoFile() throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("gone"));

        isRefused(": there is no such file");
    }

    @Test
    void aFileOfMoreThan64KibIsRefused() throws IOException, KeyRingException {
        String most = RING + "#".repeat(64 * 1024 - RING.length());
        write(file, most);
        assertThat(keys.read().ids()).hasSize(2);

        write(file, most + "#");
        isRefused(": a key ring has 64 KiB at most");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        byte[] bytes = (RING + "x").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xff;
        write(file, bytes);

        isRefused(": it cannot be read as UTF-8 text (MalformedInputException)");
    }

    @Test
    void whatIsNoRingIsRefusedWithoutAWordOfIt() throws IOException {
        write(file, "k1 " + TestKeys.text(1) + " " + TestKeys.text(2));

        isRefused(", line 1: a line must be an id, a space and a key, and nothing else");
    }

    @Test
    void itHasChangedUntilItIsReadAndNotAfterwards() throws KeyRingException {
        assertThat(keys.mayHaveChanged()).isTrue();

        keys.read();

        assertThat(keys.mayHaveChanged()).isFalse();
    }

    @Test
    void anotherTimeIsAChange() throws IOException, KeyRingException {
        keys.read();
        FileTime before = Files.getLastModifiedTime(file);

        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plus(Duration.ofMillis(10))));

        assertThat(keys.mayHaveChanged()).isTrue();
    }

    @Test
    void anotherSizeAtTheSameTimeIsAChange() throws IOException, KeyRingException {
        keys.read();
        FileTime before = Files.getLastModifiedTime(file);

        write(file, RING + "#");
        Files.setLastModifiedTime(file, before);

        assertThat(keys.mayHaveChanged()).isTrue();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsAChange() throws IOException, KeyRingException {
        keys.read();
        Path next = folder.resolve("next");
        write(next, TestKeys.ring("k1=1", "k2=2") + "\n");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));

        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(keys.mayHaveChanged()).isTrue();
        assertThat(keys.read().ids()).containsExactly("k1", "k2");
    }

    @Test
    void aFileThatGoesIsAChangeAndSoIsOneThatComesBack() throws IOException, KeyRingException {
        keys.read();
        Files.delete(file);
        assertThat(keys.mayHaveChanged()).isTrue();
        isRefused(": there is no such file");

        write(file, RING);

        assertThat(keys.mayHaveChanged()).isTrue();
    }

    @Test
    void aLinkIsFollowedAndChangesWithAFolderThatIsExchangedBehindIt() throws IOException, KeyRingException {
        Files.delete(file);
        Path first = Files.createDirectory(folder.resolve("..2026_01"));
        Path second = Files.createDirectory(folder.resolve("..2026_02"));
        write(first.resolve("ring"), RING);
        write(second.resolve("ring"), TestKeys.ring("k1=1", "k2=2") + "\n");
        Files.setLastModifiedTime(second.resolve("ring"), Files.getLastModifiedTime(first.resolve("ring")));
        Path data = folder.resolve("..data");
        Files.createSymbolicLink(data, first.getFileName());
        Files.createSymbolicLink(file, Path.of("..data", "ring"));
        assertThat(keys.read().ids()).containsExactly("k2", "k1");
        assertThat(keys.mayHaveChanged()).isFalse();

        Path next = folder.resolve("..next");
        Files.createSymbolicLink(next, second.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(keys.mayHaveChanged()).isTrue();
        assertThat(keys.read().ids()).containsExactly("k1", "k2");
    }

    @Test
    void whatALinkLeadsToMustHaveTheMode() throws IOException {
        Path real = folder.resolve("real");
        Files.move(file, real);
        Files.createSymbolicLink(file, real);
        mode(real, "rw-r--r--");

        assertThatExceptionOfType(KeyRingException.class).isThrownBy(keys::read).withMessageContaining("0640");
    }
}
