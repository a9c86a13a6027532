// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.leave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.realm.RealmFiles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TracesTest {

    @Test
    void theShippedRealmIsFullOfThem() {
        assertThat(Traces.in(RealmFiles.read(RealmFiles.CONSOLE)))
                .contains(
                        "$.emailTheme: gatehouse",
                        "$.clientScopes[gatehouse-api].protocolMappers[client_id].protocolMapper: gatehouse-client-id")
                .anyMatch(trace -> trace.contains("gatehouse-magic-link"))
                .anyMatch(trace -> trace.startsWith("$.attributes[\"gatehouse."));
    }

    @Test
    void namesOfClientsScopesRolesAndFlowsAreNone() throws IOException {
        JsonNode realm = new ObjectMapper()
                .readTree("{\"realm\":\"gatehouse\",\"clients\":[{\"clientId\":\"gatehouse-app\"}],"
                        + "\"clientScopes\":[{\"name\":\"gatehouse-api\"}],"
                        + "\"authenticationFlows\":[{\"alias\":\"gatehouse x\",\"providerId\":\"basic-flow\"}]}");

        assertThat(Traces.in(realm)).isEmpty();
    }

    @Test
    void ourRulesForClientsGoAndOthersStay() throws IOException {
        JsonNode profiles = new ObjectMapper()
                .readTree("{\"profiles\":[{\"name\":\"p\",\"executors\":[{\"executor\":\"pkce-enforcer\"},"
                        + "{\"executor\":\"gatehouse-access-token-type\"}]}]}");
        List<String> lines = new ArrayList<>();

        JsonNode left = ClientRules.without(profiles, "profiles", "executors", "executor", lines);

        assertThat(lines).containsExactly("- $.profiles[p].executors: gatehouse-access-token-type");
        assertThat(left.at("/profiles/0/executors").toString()).isEqualTo("[{\"executor\":\"pkce-enforcer\"}]");
    }
}
