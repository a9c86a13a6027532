// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.file.JsonPath;
import dev.gatehouse.tool.report.Problem;

/**
 * What a comparison rests on: every name is there once, and every part of a flow and every configuration belongs to one
 * place only.
 */
final class References {

    private static final int LONGEST_NAME = 255;
    private static final String FLOWS = "$.authenticationFlows";
    /** What the server does not take into an alias (RFC 3986, section 2.2). */
    private static final Pattern RESERVED = Pattern.compile("[:/?#@!$&()*+,;=\\[\\]\\\\]");

    private final JsonNode realm;
    private final Set<String> parts = new HashSet<>();
    private final Set<String> configs = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private References(JsonNode realm) {
        this.realm = realm;
    }

    static List<Problem> problems(JsonNode realm) {
        References references = new References(realm);
        references.check();
        return List.copyOf(references.problems);
    }

    private void check() {
        named("$.clients", realm.path("clients"), "clientId");
        named("$.clientScopes", realm.path("clientScopes"), "name");
        named("$.identityProviders", realm.path("identityProviders"), "alias");
        named("$.identityProviderMappers", realm.path("identityProviderMappers"), "name");
        named("$.requiredActions", realm.path("requiredActions"), "alias");
        named("$.roles.realm", realm.at("/roles/realm"), "name");
        named("$.clientProfiles.profiles", realm.at("/clientProfiles/profiles"), "name");
        named("$.clientPolicies.policies", realm.at("/clientPolicies/policies"), "name");
        named(FLOWS, realm.path("authenticationFlows"), "alias");
        named("$.authenticatorConfig", realm.path("authenticatorConfig"), "alias");
        for (String owners : List.of("clients", "clientScopes")) {
            JsonNode list = realm.path(owners);
            for (int i = 0; i < list.size(); i++) {
                named(
                        JsonPath.element("$." + owners, i, list.path(i)) + ".protocolMappers",
                        list.path(i).path("protocolMappers"),
                        "name");
            }
        }
        realm.path("components")
                .properties()
                .forEach(type -> named(JsonPath.member("$.components", type.getKey()), type.getValue(), "name"));
        JsonNode flows = realm.path("authenticationFlows");
        for (int i = 0; i < flows.size(); i++) {
            flow(JsonPath.element(FLOWS, i, flows.path(i)), flows.path(i));
        }
        JsonNode options = realm.path("authenticatorConfig");
        for (int i = 0; i < options.size(); i++) {
            String at = JsonPath.element("$.authenticatorConfig", i, options.path(i));
            unreserved(at + ".alias", options.path(i).path("alias").asText());
        }
    }

    private void named(String path, JsonNode list, String key) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String at = path + "[" + i + "]";
            String name = list.path(i).path(key).asText();
            // Two providers can have mappers of the same name.
            String owner = list.path(i).path("identityProviderAlias").asText();
            if (name.isBlank()) {
                problems.add(new Problem(at, "needs a " + key));
            } else if (name.length() > LONGEST_NAME) {
                problems.add(new Problem(at + "." + key, "is longer than " + LONGEST_NAME + " characters"));
            } else if (!names.add(owner + "/" + name)) {
                problems.add(new Problem(at + "." + key, "\"" + name + "\" is there twice"));
            }
        }
    }

    private void flow(String at, JsonNode flow) {
        if (flow.path("builtIn").asBoolean()) {
            problems.add(new Problem(at + ".builtIn", "the server's own flows are not for a file"));
        }
        unreserved(at + ".alias", flow.path("alias").asText());
        JsonNode steps = flow.path("authenticationExecutions");
        for (int i = 0; i < steps.size(); i++) {
            String step = at + ".authenticationExecutions[" + i + "]";
            String config = steps.path(i).path("authenticatorConfig").asText();
            if (!config.isEmpty() && !configs.add(config)) {
                // To remove one flow takes its configurations along, whoever else may use them.
                problems.add(new Problem(
                        step + ".authenticatorConfig",
                        "\"" + config + "\" belongs to another step; each needs its own"));
            }
            String part = steps.path(i).path("flowAlias").asText();
            if (!part.isEmpty() && !parts.add(part)) {
                problems.add(new Problem(step + ".flowAlias", "\"" + part + "\" is part of another flow already"));
            }
        }
    }

    private void unreserved(String at, String alias) {
        if (RESERVED.matcher(alias).find()) {
            problems.add(new Problem(at, "must not have one of : / ? # @ ! $ & ( ) * + , ; = [ ] \\"));
        }
    }
}
