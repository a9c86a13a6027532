// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;

/**
 * What is made of what the other side says: what the shipped realm makes of it, and roles for those who are called something
 * there, from sign-in to sign-in. Further mappers stay as they are.
 */
final class Mappers {

    private static final String MAPPER = "oidc-role-idp-mapper";

    private final Realm realm;
    private final AdminPath path;
    private final String alias;

    Mappers(Realm realm, String alias) {
        this.realm = realm;
        this.alias = alias;
        this.path = realm.path("identity-provider", "instances", alias, "mappers");
    }

    /** @throws RefusedException if the realm does not have one of the roles */
    void checkRoles(Map<String, String> roles) {
        List<Problem> problems = roles.values().stream()
                .filter(role -> realm.admin().find(realm.path("roles", role)).isEmpty())
                .map(role -> new Problem("--map-role", "the realm has no role \"" + role + "\""))
                .toList();
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }

    /** What is to be written, each with a line that says so. */
    List<Step> steps(Kind kind, Map<String, String> roles, String claim, boolean isNewProvider) {
        JsonNode there = isNewProvider
                ? JsonNodeFactory.instance.arrayNode()
                : realm.admin().get(path);
        List<Step> steps = new ArrayList<>();
        for (ObjectNode shipped : kind.shippedMappers()) {
            shipped.put("identityProviderAlias", alias);
            String id = shipped.path("identityProviderMapper").asText();
            // Who has which role is for the operator to say.
            if (!id.equals(MAPPER) && !has(there, id)) {
                steps.add(new Step("mapper " + shipped.path("name").asText() + " (" + id + ")", () -> realm.admin()
                        .create(path, shipped)));
            }
        }
        roles.forEach((value, role) -> {
            ObjectNode wanted = mapper(alias, claim, value, role);
            Optional<JsonNode> same = find(there, claim, value, role);
            if (same.isEmpty()) {
                steps.add(new Step("role " + role + ": whose claim " + claim + " has " + value, () -> realm.admin()
                        .create(path, wanted)));
            }
        });
        return steps;
    }

    /** One write. */
    record Step(String line, Runnable write) {}

    private static boolean has(JsonNode mappers, String id) {
        return StreamSupport.stream(mappers.spliterator(), false)
                .anyMatch(
                        mapper -> mapper.path("identityProviderMapper").asText().equals(id));
    }

    static ObjectNode mapper(String alias, String claim, String value, String role) {
        ObjectNode mapper = JsonNodeFactory.instance.objectNode();
        mapper.put("name", value + " is " + role);
        mapper.put("identityProviderAlias", alias);
        mapper.put("identityProviderMapper", MAPPER);
        mapper.putObject("config")
                .put("claim", claim)
                .put("claim.value", value)
                .put("role", role)
                .put("syncMode", "FORCE");
        return mapper;
    }

    static Optional<JsonNode> find(JsonNode mappers, String claim, String value, String role) {
        for (JsonNode mapper : mappers) {
            JsonNode config = mapper.path("config");
            if (mapper.path("identityProviderMapper").asText().equals(MAPPER)
                    && config.path("claim").asText().equals(claim)
                    && config.path("claim.value").asText().equals(value)
                    && config.path("role").asText().equals(role)) {
                return Optional.of(mapper);
            }
        }
        return Optional.empty();
    }
}
