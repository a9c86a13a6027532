// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.file.JsonPath;

/** What a realm that is made of a file will have, a line each. */
final class New {

    private static final List<String> LISTS =
            List.of("clientScopes", "clients", "identityProviders", "identityProviderMappers", "requiredActions");

    private New() {}

    static List<String> lines(String realm, JsonNode tree) {
        List<String> lines = new ArrayList<>(List.of("+ realm " + realm));
        for (JsonNode flow : tree.path("authenticationFlows")) {
            if (flow.path("topLevel").asBoolean()) {
                lines.add("+ flow \"" + flow.path("alias").asText() + "\"");
            }
        }
        LISTS.forEach(list -> elements("$." + list, tree.path(list), lines));
        elements("$.roles.realm", tree.at("/roles/realm"), lines);
        tree.at("/roles/client")
                .properties()
                .forEach(client ->
                        elements(JsonPath.named("$.roles.client", client.getKey()), client.getValue(), lines));
        tree.path("components")
                .properties()
                .forEach(type -> elements(JsonPath.member("$.components", type.getKey()), type.getValue(), lines));
        elements("$.clientProfiles.profiles", tree.at("/clientProfiles/profiles"), lines);
        elements("$.clientPolicies.policies", tree.at("/clientPolicies/policies"), lines);
        tree.properties().stream()
                .filter(member ->
                        member.getValue().isValueNode() && !member.getKey().equals("realm"))
                .forEach(member -> lines.add("+ " + JsonPath.member("$", member.getKey()) + ": "
                        + Shown.of(member.getKey(), member.getValue())));
        for (String map : List.of("attributes", "browserSecurityHeaders", "smtpServer")) {
            tree.path(map)
                    .properties()
                    .forEach(entry -> lines.add("+ " + JsonPath.member("$." + map, entry.getKey()) + ": "
                            + Shown.of(entry.getKey(), entry.getValue())));
        }
        return lines;
    }

    private static void elements(String path, JsonNode list, List<String> lines) {
        for (int i = 0; i < list.size(); i++) {
            lines.add("+ " + JsonPath.element(path, i, list.get(i)));
        }
    }
}
