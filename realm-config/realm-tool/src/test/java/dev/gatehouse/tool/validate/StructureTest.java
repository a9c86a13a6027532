// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.realm.RealmFiles;
import dev.gatehouse.tool.report.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StructureTest {

    /** A server that knows one step and nothing else of its kind. */
    private static final String SERVER = "{\"providers\":{\"authenticator\":{\"providers\":{\"x\":{}}}}}";

    private static String problems(String json) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        return String.join(
                "\n",
                Structure.problems(mapper.readTree(json), mapper.readTree(SERVER)).stream()
                        .map(Problem::line)
                        .toList());
    }

    @Test
    void theShippedRealmHasStructure() {
        assertThat(Structure.problems(RealmFiles.read(RealmFiles.CONSOLE), new ObjectMapper().createObjectNode()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"enabled\":\"maybe\"}|$.enabled: must be true or false",
                "{\"accessTokenLifespan\":1.5}|$.accessTokenLifespan: must be a whole number",
                "{\"accessTokenLifespan\":1e400}|$.accessTokenLifespan: must be a whole number",
                "{\"displayName\":{}}|$.displayName: must be a text",
                "{\"supportedLocales\":\"de\"}|$.supportedLocales: must be a list",
                "{\"clients\":[{\"clientID\":\"x\"}]}|$.clients[0].clientID: is no property",
            })
    void whatNoServerKnowsIsToldWithItsPath(String json, String problem) throws IOException {
        assertThat(problems(json)).contains(problem);
    }

    private static String flows(String... flows) {
        return "{\"authenticationFlows\":[" + String.join(",", flows) + "]}";
    }

    private static String flow(String alias, boolean top, String... steps) {
        return "{\"alias\":\"" + alias + "\",\"providerId\":\"basic-flow\",\"topLevel\":" + top
                + ",\"authenticationExecutions\":[" + String.join(",", steps) + "]}";
    }

    private static String inner(String alias) {
        return "{\"authenticatorFlow\":true,\"flowAlias\":\"" + alias + "\",\"requirement\":\"REQUIRED\"}";
    }

    private static String step(String provider, String requirement) {
        return "{\"authenticator\":\"" + provider + "\",\"requirement\":\"" + requirement + "\"}";
    }

    @Test
    void flowsAreTreesOfStepsThatAreThere() throws IOException {
        assertThat(problems(flows(flow("a", true, step("x", "REQUIRED"))))).isEmpty();
        assertThat(problems(flows(flow("a", true, step("y", "REQUIRED")))))
                .isEqualTo(
                        "$.authenticationFlows[a].authenticationExecutions[0].authenticator: the server has no step \"y\"");
        assertThat(problems(flows(flow("a", true, step("x", "SOMETIMES"))))).contains("requirement: must be REQUIRED");
        assertThat(problems(flows(flow("a", false, inner("b")), flow("b", false, inner("a")))))
                .contains("$.authenticationFlows[a]: comes back to itself")
                .contains("$.authenticationFlows[b]: comes back to itself");
        assertThat(problems(flows(flow("a", true, inner("c"))))).contains("flowAlias: there is no flow \"c\"");
        assertThat(problems(flows(flow("a", true, inner("b")), flow("b", true))))
                .contains("\"b\" is a top-level flow");
        assertThat(problems(flows(flow("a", false)))).contains("$.authenticationFlows[a]: is part of no flow");
    }
}
