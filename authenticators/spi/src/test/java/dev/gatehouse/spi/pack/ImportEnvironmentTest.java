// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ImportEnvironmentTest {

    private static final String CHANGES_THE_FILE = " has a quote, a backslash or ${ in it, which would change the "
            + "realm's file; set such a value in the admin console or in a vault";

    private final Path folder;

    ImportEnvironmentTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static List<String> problems(Map<String, String> environment) {
        return new ImportEnvironment(environment).problems(Optional.empty());
    }

    private List<String> importing(Map<String, String> environment) {
        return new ImportEnvironment(environment).problems(Optional.of(folder));
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void anEnvironmentWithoutOurVariablesIsFine() {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of("PATH", "\"\\${x}\n", "NOT_GATEHOUSE_SMTP_PORT", "x", "gatehouse_x", "\"")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_APP_URL,https://app.example.org",
        "GATEHOUSE_APP_URL,http://localhost:3000",
        "GATEHOUSE_APP_URL,http://[::1]:3000",
        "GATEHOUSE_SMTP_HOST,smtp.example.org",
        "GATEHOUSE_SMTP_HOST,mail_relay",
        "GATEHOUSE_SMTP_HOST,2001:db8::25",
        "GATEHOUSE_SMTP_PORT,1",
        "GATEHOUSE_SMTP_PORT,587",
        "GATEHOUSE_SMTP_PORT,65535",
        "GATEHOUSE_SMTP_FROM,no-reply@example.org",
        "GATEHOUSE_SMTP_AUTH,true",
        "GATEHOUSE_SMTP_STARTTLS,false",
        "GATEHOUSE_SMTP_SSL,true",
        "GATEHOUSE_SMTP_PASSWORD,p$a{s}s w'ö<>&%",
        "GATEHOUSE_ANYTHING_ELSE,any text",
    })
    void aValueOfItsKindIsFine(String name, String value) {
        assertThat(problems(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\\", "${OTHER}", "a${", "\"", "\n\"", "\\n${x}"})
    void aValueThatWouldChangeTheFileIsRefusedWhateverItsVariable(String value) {
        for (String name : List.of("GATEHOUSE_SMTP_PASSWORD", "GATEHOUSE_APP_URL", "GATEHOUSE_UNHEARD_OF")) {
            assertThat(problems(Map.of(name, value))).containsExactly(name + CHANGES_THE_FILE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\tb", "\u0000", "a\u001bb", "a\u007fb", "a\u0085b"})
    void aControlCharacterIsRefused(String value) {
        assertThat(problems(Map.of("GATEHOUSE_SMTP_PASSWORD", value)))
                .containsExactly("GATEHOUSE_SMTP_PASSWORD has a control character in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "app.example.org",
                "ftp://app.example.org",
                "https://",
                "https://app.example.org/",
                "https://app.example.org/path",
                "https://app.example.org?x",
                "https://app.example.org#x",
                "https://u:p@app.example.org",
                "https://app.example.org https://b.example.org",
                "https://*",
                "javascript:alert(1)",
                "HTTPS://app.example.org",
            })
    void theAddressOfTheAppIsAnOrigin(String value) {
        assertThat(problems(Map.of("GATEHOUSE_APP_URL", value)))
                .containsExactly(
                        "GATEHOUSE_APP_URL must be an address such as https://app.example.org, without a path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "smtp://a", "a/b", "a@b", "a,b"})
    void theMailServerIsAHost(String value) {
        assertThat(problems(Map.of("GATEHOUSE_SMTP_HOST", value)))
                .containsExactly("GATEHOUSE_SMTP_HOST must be a host name or address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "99999", "100000", "-1", "+25", "25 ", "smtp", "2.5", "0x19", "٢٥"})
    void theMailServersPortIsAPort(String value) {
        assertThat(problems(Map.of("GATEHOUSE_SMTP_PORT", value)))
                .containsExactly("GATEHOUSE_SMTP_PORT must be a port from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "@example.org", "a@", "a@b@c", "A <a@example.org>", "a b@example.org"})
    void theSenderIsABareAddress(String value) {
        assertThat(problems(Map.of("GATEHOUSE_SMTP_FROM", value)))
                .containsExactly("GATEHOUSE_SMTP_FROM must be an email address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1", " true", "off"})
    void theSwitchesOfMailAreTrueOrFalse(String value) {
        for (String name : List.of("GATEHOUSE_SMTP_AUTH", "GATEHOUSE_SMTP_STARTTLS", "GATEHOUSE_SMTP_SSL")) {
            assertThat(problems(Map.of(name, value))).containsExactly(name + " must be true or false");
        }
    }

    @Test
    void aVariableThatAFileNeedsIsNamedWithEachFileThatNeedsIt() throws IOException {
        file("b.json", "{\"x\": \"${GATEHOUSE_SMTP_HOST}\"}");
        file("a.json", "{\"x\": \"${GATEHOUSE_SMTP_HOST}\", \"y\": \"${GATEHOUSE_SMTP_HOST}${GATEHOUSE_B2}\"}");

        assertThat(importing(Map.of("GATEHOUSE_B2", "set")))
                .containsExactly("GATEHOUSE_SMTP_HOST is not set, but a.json, b.json needs it for the import");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void aVariableThatIsSetToNothingIsNotSet(String blank) throws IOException {
        file("a.json", "${GATEHOUSE_SMTP_USER}");

        assertThat(importing(Map.of("GATEHOUSE_SMTP_USER", blank)))
                .containsExactly("GATEHOUSE_SMTP_USER is not set, but a.json needs it for the import");
    }

    @Test
    void aVariableWithADefaultIsNotNeeded() throws IOException {
        file("a.json", "\"${GATEHOUSE_SMTP_PORT:587}\" \"${GATEHOUSE_SMTP_USER:}\"");

        assertThat(importing(Map.of())).isEmpty();
    }

    @Test
    void aDefaultThatIsAnotherVariableNeedsThatOne() throws IOException {
        file("a.json", "${GATEHOUSE_A:${GATEHOUSE_B}}");

        assertThat(importing(Map.of())).containsExactly("GATEHOUSE_B is not set, but a.json needs it for the import");
    }

    @Test
    void onlyTheFilesThatKeycloakImportsAreLookedAt() throws IOException {
        file("notes.txt", "${GATEHOUSE_A}");
        file("a.json.bak", "${GATEHOUSE_B}");
        file("nested/a.json", "${GATEHOUSE_C}");
        file("folder.json/a.json", "${GATEHOUSE_D}");
        file("other.json", "${env.GATEHOUSE_E} $GATEHOUSE_F {GATEHOUSE_G} ${OTHER_H} ${gatehouseMail}");

        assertThat(importing(Map.of())).isEmpty();
    }

    @Test
    void nothingIsMissingWithoutAnImport() throws IOException {
        file("a.json", "${GATEHOUSE_A}");

        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void aFolderThatIsAbsentOrNoneNeedsNothing() throws IOException {
        file("file", "${GATEHOUSE_A}");
        ImportEnvironment environment = new ImportEnvironment(Map.of());

        assertThat(environment.problems(Optional.of(folder.resolve("absent")))).isEmpty();
        assertThat(environment.problems(Optional.of(folder.resolve("file")))).isEmpty();
    }

    @Test
    void aFileThatIsNoTextStopsTheServerWithItsName() throws IOException {
        Files.write(folder.resolve("a.json"), new byte[] {(byte) 0xc3, (byte) 0x28});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> importing(Map.of()))
                .withMessage("Gatehouse: " + folder.resolve("a.json") + " cannot be read as UTF-8 text");
    }

    @Test
    void allProblemsAreToldAtOnceInAStableOrderAndNoneRepeatsAValue() throws IOException {
        file("a.json", "${GATEHOUSE_Z} ${GATEHOUSE_Y} ${GATEHOUSE_SMTP_PASSWORD}");
        Map<String, String> environment = Map.of(
                "GATEHOUSE_SMTP_PASSWORD", "hunter2\"",
                "GATEHOUSE_SMTP_PORT", "hunter3",
                "GATEHOUSE_APP_URL", "hunter4",
                "GATEHOUSE_SMTP_FROM", "hunter5",
                "GATEHOUSE_SMTP_HOST", "hunter6/",
                "GATEHOUSE_SMTP_SSL", "hunter7",
                "GATEHOUSE_OTHER", "hunter8\u0007");

        List<String> problems = importing(environment);

        assertThat(problems)
                .containsExactly(
                        "GATEHOUSE_APP_URL must be an address such as https://app.example.org, without a path",
                        "GATEHOUSE_OTHER has a control character in it",
                        "GATEHOUSE_SMTP_FROM must be an email address",
                        "GATEHOUSE_SMTP_HOST must be a host name or address",
                        "GATEHOUSE_SMTP_PASSWORD" + CHANGES_THE_FILE,
                        "GATEHOUSE_SMTP_PORT must be a port from 1 to 65535",
                        "GATEHOUSE_SMTP_SSL must be true or false",
                        "GATEHOUSE_Y is not set, but a.json needs it for the import",
                        "GATEHOUSE_Z is not set, but a.json needs it for the import");
        assertThat(String.join("\n", problems)).doesNotContain("hunter");
    }
}
