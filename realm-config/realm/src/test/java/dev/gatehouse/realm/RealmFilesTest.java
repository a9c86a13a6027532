// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RealmFilesTest {

    @TempDir
    Path folder = Path.of("");

    private static String shipped(String name) throws IOException {
        try (var content = Objects.requireNonNull(RealmFilesTest.class.getResourceAsStream("/" + name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RealmFiles.IMPORT, RealmFiles.CONSOLE, RealmFiles.CONTRACT})
    void eachFileIsWrittenAsTheBuildWritesIt(String name) throws IOException {
        assertThat(shipped(name)).isEqualTo(RealmFiles.text(RealmFiles.read(name)));
    }

    @Test
    void textHasALineForEachMemberAndNoneForWhatIsEmpty() throws IOException {
        assertThat(RealmFiles.text(TestJson.of("{'b': [1, 'ü'], 'a': {'c': {}, 'd': []}}")))
                .isEqualTo(
                        "{\n  \"b\": [\n    1,\n    \"ü\"\n  ],\n  \"a\": {\n    \"c\": {},\n    \"d\": []\n  }\n}\n");
    }

    @Test
    void twoRunsWriteTheSameBytesAndLeaveTheSourceAlone() throws IOException {
        String source = shipped(RealmFiles.IMPORT);
        Files.writeString(folder.resolve(RealmFiles.IMPORT), source);

        for (int run = 0; run < 2; run++) {
            RealmFiles.main(new String[] {folder.toString()});

            assertThat(folder.resolve(RealmFiles.CONSOLE)).hasContent(shipped(RealmFiles.CONSOLE));
            assertThat(folder.resolve(RealmFiles.CONTRACT)).hasContent(shipped(RealmFiles.CONTRACT));
            assertThat(folder.resolve(RealmFiles.IMPORT)).hasContent(source);
        }
    }

    @Test
    void aMemberThatStandsThereTwiceIsAMistakeAndNotTheLastOfThem() throws IOException {
        Files.writeString(folder.resolve(RealmFiles.IMPORT), "{\"realm\": \"a\", \"realm\": \"b\"}");

        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> RealmFiles.main(new String[] {folder.toString()}));
    }

    @Test
    void aFileThatNoBuildMadeIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RealmFiles.read("nothing.json"))
                .withMessageContaining("nothing.json");
    }
}
