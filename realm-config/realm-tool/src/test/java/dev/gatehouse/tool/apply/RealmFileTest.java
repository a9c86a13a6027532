// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RealmFileTest {

    @TempDir
    private Path folder = Path.of("");

    private RealmFile read(String json, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("realm.json"), json);
        return RealmFile.read(file, name -> Optional.ofNullable(environment.get(name)));
    }

    private String problem(String json) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(json, Map.of()));
        assertThat(refused).as(json).isNotNull();
        return String.join("\n", refused.problems().stream().map(Problem::line).toList());
    }

    @Test
    void theShippedRealmNeedsNoVariable() {
        RealmFile shipped = RealmFile.read(null, name -> Optional.empty());

        assertThat(shipped.realm()).contains("gatehouse");
        assertThat(shipped.tree().toString()).doesNotContain("${");
        assertThat(shipped.tree().has("smtpServer")).isFalse();
        assertThat(shipped.defaults()).contains("$.clients[gatehouse-app].redirectUris");
    }

    @Test
    void theShippedRealmTakesItsVariables() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_SMTP_HOST", "mail.example",
                "GATEHOUSE_SMTP_FROM", "a@example.org",
                "GATEHOUSE_APP_URL", "https://app.example");

        RealmFile shipped = RealmFile.read(null, name -> Optional.ofNullable(environment.get(name)));

        assertThat(shipped.tree().at("/smtpServer/host").asText()).isEqualTo("mail.example");
        assertThat(shipped.defaults()).doesNotContain("$.clients[gatehouse-app].redirectUris");
    }

    @Test
    void whatAVariableHoldsIsTheTextOfOnePlaceAndNothingElse() throws IOException {
        String hostile = "x\",\"enabled\":false,\"y\":\"\\ $1";

        RealmFile file = read("{\"displayName\":\"${GATEHOUSE_NAME}\"}", Map.of("GATEHOUSE_NAME", hostile));

        assertThat(file.tree().size()).isEqualTo(1);
        assertThat(file.tree().path("displayName").asText()).isEqualTo(hostile);
    }

    @Test
    void aVariableBringsNoFurtherVariableIn() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> read(
                        "{\"displayName\":\"${GATEHOUSE_NAME}\"}",
                        Map.of("GATEHOUSE_NAME", "${GATEHOUSE_SECRET}", "GATEHOUSE_SECRET", "never-shown")));

        assertThat(refused.problems().get(0).line())
                .isEqualTo("$.displayName: needs the environment variable GATEHOUSE_SECRET");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x\":1|is not JSON",
                "{\"realm\":\"a\",\"realm\":\"b\"}|is there twice",
                "{} {}|is not JSON",
                "[]|must be one JSON object",
                "{\"smtpServer\":{\"host\":\"${GATEHOUSE_X}\"}}|$.smtpServer.host: needs the environment variable GATEHOUSE_X",
                "{\"displayName\":\"${GATEHOUSE_X\"}|$.displayName: has a placeholder that cannot be read",
                "{\"clients\":[{\"name\":\"x\"}]}|$.clients[0]: needs a clientId",
                "{\"clients\":[{\"clientId\":\"x\"},{\"clientId\":\"x\"}]}|$.clients[1].clientId: \"x\" is there twice",
                "{\"clients\":[{\"clientId\":\"x\",\"defaultRoles\":[]}]}|$.clients[x].defaultRoles: the tool does not handle it",
                "{\"users\":[]}|$.users: the tool never touches people",
                "{\"groups\":[]}|$.groups: the tool never touches people",
                "{\"federatedUsers\":[]}|$.federatedUsers: the tool never touches people",
                "{\"localizationTexts\":{}}|$.localizationTexts: the tool does not handle it",
                "{\"displayName\":\"a\\u0007\"}|$.displayName: has a control character in it",
            })
    void whatIsWrongIsToldWithItsPath(String json, String start) {
        assertThat(problem(json)).contains(start);
    }

    private static String flows(String... flows) {
        return "{\"authenticationFlows\":[" + String.join(",", flows) + "]}";
    }

    private static String flow(String alias, boolean top, String... steps) {
        return "{\"alias\":\"" + alias + "\",\"topLevel\":" + top + ",\"authenticationExecutions\":["
                + String.join(",", steps) + "]}";
    }

    private static String inner(String alias) {
        return "{\"authenticatorFlow\":true,\"flowAlias\":\"" + alias + "\",\"requirement\":\"REQUIRED\"}";
    }

    @Test
    void everyPartOfAFlowAndEveryConfigurationHasOnePlace() {
        assertThat(problem(flows(flow("a", true, inner("c")), flow("b", true, inner("c")), flow("c", false))))
                .contains(
                        "$.authenticationFlows[b].authenticationExecutions[0].flowAlias: \"c\" is part of another flow");
        String step = "{\"authenticator\":\"x\",\"requirement\":\"REQUIRED\",\"authenticatorConfig\":\"c\"}";
        assertThat(problem(flows(flow("a", true, step, step)))).contains("\"c\" belongs to another step");
        assertThat(problem(flows(flow("a/b", true))))
                .contains("$.authenticationFlows[a/b].alias: must not have one of");
        assertThat(problem(flows("{\"alias\":\"a\",\"builtIn\":true}"))).contains("$.authenticationFlows[a].builtIn: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "[[[", "{\"a\":", "\u0000", "", "{\"realm\":}", "null"})
    void gibberishIsRefusedAndNeverBreaksTheTool(String json) {
        assertThat(problem(json)).isNotEmpty();
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(folder.resolve("realm.json"), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> RealmFile.read(file, name -> Optional.empty()));

        assertThat(refused.problems().get(0).sentence()).isEqualTo("is not UTF-8");
    }

    @Test
    void whatIsDeepOrLongIsRefused() {
        assertThat(problem("[".repeat(10_000))).contains("is not JSON");
        assertThat(problem("{\"displayName\":\"" + "x".repeat(50_000) + "\"}"))
                .contains("$.displayName: is longer than 20000 characters");
    }

    @Test
    void aFileThatIsNotThereIsAProblemOfItsPath() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> RealmFile.read(folder.resolve("none.json"), name -> Optional.empty()));

        assertThat(refused.problems().get(0).path()).endsWith("none.json");
    }
}
