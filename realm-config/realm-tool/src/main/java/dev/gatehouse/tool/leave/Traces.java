// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.leave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.file.JsonPath;

/**
 * Where a realm names something that only the jar has: providers, themes, attributes. Names that are the realm's own, such
 * as those of clients, scopes and roles, mean nothing to a server and are no traces.
 */
final class Traces {

    private static final Set<String> PROVIDERS = Set.of(
            "authenticator",
            "protocolMapper",
            "executor",
            "condition",
            "providerId",
            "identityProviderMapper",
            "clientAuthenticatorType",
            "eventsListeners",
            "loginTheme",
            "emailTheme",
            "accountTheme",
            "adminTheme",
            "login_theme");

    private Traces() {}

    /** Whether a provider or a theme of that id is in the jar. */
    static boolean ours(String id) {
        return id.equals("gatehouse") || id.startsWith("gatehouse-");
    }

    /** Whether an attribute of that name is only for the jar. */
    static boolean oursAttribute(String name) {
        return name.startsWith("gatehouse.");
    }

    /** The paths of all traces in an exported realm. */
    static List<String> in(JsonNode realm) {
        List<String> found = new ArrayList<>();
        walk("$", "", realm, found);
        return List.copyOf(found);
    }

    private static void walk(String path, String key, JsonNode node, List<String> found) {
        if (node.isTextual() && PROVIDERS.contains(key) && ours(node.asText())) {
            found.add(path + ": " + node.asText());
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(JsonPath.element(path, i, node.get(i)), key, node.get(i), found);
            }
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String at = JsonPath.member(path, member.getKey());
            if (key.equals("attributes") && oursAttribute(member.getKey())) {
                found.add(at);
            }
            walk(at, member.getKey(), member.getValue(), found);
        }
    }
}
