// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;

/**
 * Components. One that provides keys is made where the realm has none of its kind, and never changed: to change it is to
 * change with what the realm signs, from one moment to the next.
 */
final class Components {

    private static final String KEYS = "org.keycloak.keys.KeyProvider";
    /** What tells keys of one kind from another; a realm's first RSA key names no algorithm and has this one. */
    private static final List<String> KIND = List.of("algorithm", "ecdsaEllipticCurveKey", "eddsaEllipticCurveKey");

    private static final Map<String, String> DEFAULT_ALGORITHMS =
            Map.of("rsa-generated", "RS256", "rsa", "RS256", "java-keystore", "RS256", "hmac-generated", "HS512");

    private final Target target;
    private final Realm realm;

    Components(Target target) {
        this.target = target;
        this.realm = target.realm();
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        Map<String, JsonNode> types = new TreeMap<>();
        target.file().tree().path("components").properties().forEach(type -> types.put(type.getKey(), type.getValue()));
        if (types.isEmpty()) {
            return changes;
        }
        String parent = realm.get().path("id").asText();
        List<JsonNode> there = target.whole("components").stream()
                .filter(component -> component.path("parentId").asText().equals(parent))
                .toList();
        types.forEach(
                (type, list) -> list.forEach(component -> plan(type, component, parent, of(type, there), changes)));
        return changes;
    }

    private static List<JsonNode> of(String type, List<JsonNode> components) {
        return components.stream()
                .filter(component -> component.path("providerType").asText().equals(type))
                .toList();
    }

    private void plan(String type, JsonNode component, String parent, List<JsonNode> there, List<Change> changes) {
        String name = component.path("name").asText();
        String at = JsonPath.named(JsonPath.member("$.components", type), name);
        JsonNode actual = there.stream()
                .filter(other -> other.path("name").asText().equals(name)
                        && other.path("subType")
                                .asText()
                                .equals(component.path("subType").asText()))
                .findFirst()
                .orElse(null);
        if (type.equals(KEYS)) {
            boolean covered = there.stream().anyMatch(other -> kind(other).equals(kind(component)));
            if (actual == null && !covered) {
                changes.add(make(type, component, parent, at, "key provider " + name));
            }
        } else if (actual == null) {
            changes.add(make(type, component, parent, at, "component " + name));
        } else {
            ObjectNode said = component.deepCopy();
            said.remove("id");
            Difference difference =
                    Difference.of(at, said, actual, (where, key, value) -> target.onlyDefault(where, value));
            if (!difference.none()) {
                changes.add(new Change("component " + name, difference.lines(), () -> realm.admin()
                        .put(realm.path("components", actual.path("id").asText()), difference.merged())));
            }
        }
    }

    private Change make(String type, JsonNode component, String parent, String at, String what) {
        ObjectNode made = component.deepCopy();
        made.put("providerType", type);
        made.put("parentId", parent);
        return new Change(what, List.of("+ " + at), () -> realm.admin().create(realm.path("components"), made));
    }

    private static String kind(JsonNode component) {
        String provider = component.path("providerId").asText();
        StringBuilder kind = new StringBuilder(provider);
        for (String key : KIND) {
            String value = component.path("config").path(key).path(0).asText();
            boolean unsaid = value.isEmpty() && key.equals("algorithm");
            kind.append(' ').append(unsaid ? DEFAULT_ALGORITHMS.getOrDefault(provider, "") : value);
        }
        return kind.toString();
    }
}
