// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.file.VaultReference;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;

/**
 * An identity provider as it is to be.
 *
 * @param before as the server has it; empty for a new one
 * @param wanted as it shall be
 * @param keepsSecret whether a secret was given and the one that is there stays: the server tells nobody what it has
 */
record Provider(Optional<JsonNode> before, ObjectNode wanted, boolean keepsSecret) {

    /** What makes a sign-in safe, and stays so whatever else is changed. */
    private static final List<String> SAFE =
            List.of("disableNonce", "pkceEnabled", "pkceMethod", "syncMode", "useJwksUrl", "validateSignature");

    private static final List<String> FLOWS = List.of("firstBrokerLoginFlowAlias", "postBrokerLoginFlowAlias");
    private static final String MASKED = "**********";
    private static final String SECRET = "clientSecret";

    /**
     * Works out what a wish means.
     *
     * @throws RefusedException if it is not safe or not complete
     */
    static Provider of(Optional<JsonNode> before, Wish wish) {
        ObjectNode shipped = wish.kind().shipped();
        ObjectNode wanted = before.map(provider -> provider.<ObjectNode>deepCopy())
                .orElseGet(() -> {
                    ObjectNode fresh = shipped.deepCopy();
                    fresh.put("alias", wish.alias());
                    return fresh;
                });
        set(wanted, "enabled", wish.isEnabled());
        if (!wish.isEnabled()) {
            return new Provider(before, wanted, false);
        }
        ObjectNode config = wanted.withObject("config");
        SAFE.stream()
                .filter(name -> shipped.path("config").has(name))
                .forEach(name ->
                        config.put(name, shipped.path("config").path(name).asText()));
        FLOWS.forEach(name -> wanted.put(name, shipped.path(name).asText()));
        // The secret that is there was given by one provider to one client, and is told to nobody else.
        boolean isForAnother = wish.clientId()
                        .filter(id -> !id.equals(config.path("clientId").asText()))
                        .isPresent()
                || !wish.discovered()
                        .getOrDefault("issuer", config.path("issuer").asText())
                        .equals(config.path("issuer").asText());
        wish.discovered().forEach(config::put);
        wish.clientId().ifPresent(id -> config.put("clientId", id));
        wish.tenant().ifPresent(tenant -> config.put("tenantId", tenant));
        wish.displayName().ifPresent(name -> wanted.put("displayName", name));
        wish.trustEmail().ifPresent(trust -> set(wanted, "trustEmail", trust));
        boolean keepsSecret = wish.secret().isPresent()
                && !VaultReference.is(wish.secret().get())
                && config.path(SECRET).asText().equals(MASKED)
                && !isForAnother;
        if (!keepsSecret) {
            wish.secret().ifPresent(secret -> config.put(SECRET, secret));
        }
        List<Problem> problems = new ArrayList<>(BrokerChecks.problems(wanted, wish));
        if (isForAnother
                && wish.secret().isEmpty()
                && !config.path(SECRET).asText().isEmpty()) {
            problems.add(new Problem(
                    "--secret-file", "another client, or another provider, has another secret; give it too"));
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return new Provider(before, wanted, keepsSecret);
    }

    /** The same, with the secret that was given put in the place of the one that is there. */
    Provider withSecret(String secret) {
        ObjectNode changed = wanted.deepCopy();
        changed.withObject("config").put(SECRET, secret);
        return new Provider(before, changed, false);
    }

    /** What changes, a line each. */
    List<String> changes() {
        Map<String, String> old = new TreeMap<>(before.map(Provider::leaves).orElseGet(Map::of));
        Map<String, String> next = leaves(wanted);
        List<String> lines = new ArrayList<>();
        next.forEach((name, value) -> {
            if (!value.equals(old.getOrDefault(name, ""))) {
                lines.add(name + ": " + shown(name, old.getOrDefault(name, "")) + " -> " + shown(name, value));
            }
        });
        return lines;
    }

    private static Map<String, String> leaves(JsonNode provider) {
        Map<String, String> leaves = new TreeMap<>();
        provider.properties().forEach(member -> {
            if (member.getValue().isValueNode()) {
                leaves.put(member.getKey(), member.getValue().asText());
            }
        });
        provider.path("config")
                .properties()
                .forEach(entry ->
                        leaves.put("config." + entry.getKey(), entry.getValue().asText()));
        return leaves;
    }

    private static String shown(String name, String value) {
        if (value.isEmpty()) {
            return "(not set)";
        }
        return name.endsWith(SECRET) && !VaultReference.is(value) ? "***" : value;
    }

    /** The server leaves out what is false. */
    private static void set(ObjectNode provider, String name, boolean value) {
        if (provider.path(name).asBoolean() != value) {
            provider.put(name, value);
        }
    }
}
