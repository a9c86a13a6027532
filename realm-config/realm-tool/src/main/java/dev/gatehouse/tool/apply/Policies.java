// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;

/** Client profiles and client policies: those of the file are replaced whole, others stay. */
final class Policies {

    private final Target target;
    private final Realm realm;

    Policies(Target target) {
        this.target = target;
        this.realm = target.realm();
    }

    /** Profiles first: a policy names them. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        plan("clientProfiles", "profiles", changes);
        plan("clientPolicies", "policies", changes);
        return changes;
    }

    private void plan(String property, String key, List<Change> changes) {
        JsonNode wanted = target.file().tree().path(property).path(key);
        if (wanted.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        merged(property, key, wanted, lines);
        if (!lines.isEmpty()) {
            changes.add(new Change("client " + key, lines, () -> realm.admin()
                    .put(realm.path("client-policies", key), merged(property, key, wanted, new ArrayList<>()))));
        }
    }

    private ObjectNode merged(String property, String key, JsonNode wanted, List<String> lines) {
        ObjectNode actual = realm.get("client-policies", key).deepCopy();
        Map<String, JsonNode> all = Target.by("name", actual.path(key));
        for (JsonNode element : wanted) {
            String name = element.path("name").asText();
            String at = JsonPath.named("$." + property + "." + key, name);
            JsonNode there = all.get(name);
            if (there == null) {
                lines.add("+ " + at);
                all.put(name, element);
            } else if (!sameTree(element, there)) {
                compare(at, element, there, lines);
                all.put(name, element);
            }
        }
        actual.set(key, JsonNodeFactory.instance.arrayNode().addAll(all.values()));
        return actual;
    }

    private static void compare(String at, JsonNode wanted, JsonNode actual, List<String> lines) {
        for (Map.Entry<String, JsonNode> member : wanted.properties()) {
            JsonNode is = actual.path(member.getKey());
            if (!sameTree(member.getValue(), is)) {
                lines.add("~ " + at + "." + member.getKey() + ": " + Shown.of(member.getKey(), is) + " -> "
                        + Shown.of(member.getKey(), member.getValue()));
            }
        }
        actual.properties().stream()
                .filter(member ->
                        !wanted.has(member.getKey()) && !Meaning.same(wanted.path("nothing"), member.getValue()))
                .forEach(member -> lines.add(
                        "- " + at + "." + member.getKey() + ": " + Shown.of(member.getKey(), member.getValue())));
    }

    /** Both ways: what is in the one and not in the other must be off or empty. */
    private static boolean sameTree(JsonNode one, JsonNode other) {
        if (one.isObject() && other.isObject()) {
            return within(one, other) && within(other, one);
        }
        if (one.isArray()
                && other.isArray()
                && one.size() == other.size()
                && one.path(0).isObject()) {
            for (int i = 0; i < one.size(); i++) {
                if (!sameTree(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Meaning.same(one, other);
    }

    private static boolean within(JsonNode one, JsonNode other) {
        return one.properties().stream().allMatch(member -> sameTree(member.getValue(), other.path(member.getKey())));
    }
}
