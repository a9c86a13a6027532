// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;

/** Client scopes with their mappers, and which of them new clients get. */
final class Scopes {

    private static final Set<String> NO_FIELDS = Set.of("id", "protocolMappers");

    private final Target target;
    private final Realm realm;

    Scopes(Target target) {
        this.target = target;
        this.realm = target.realm();
    }

    List<Change> changes() {
        Map<String, JsonNode> there = Target.by("name", realm.get("client-scopes"));
        List<Change> changes = new ArrayList<>();
        for (JsonNode scope : target.file().list("clientScopes")) {
            String name = scope.path("name").asText();
            String at = JsonPath.named("$.clientScopes", name);
            JsonNode actual = there.get(name);
            if (actual == null) {
                changes.add(new Change("client scope " + name, List.of("+ " + at), () -> realm.admin()
                        .create(realm.path("client-scopes"), scope)));
            } else {
                plan(at, scope, actual, changes);
            }
        }
        return changes;
    }

    private void plan(String at, JsonNode scope, JsonNode actual, List<Change> changes) {
        ObjectNode said = scope.deepCopy();
        said.remove(NO_FIELDS);
        Difference difference =
                Difference.of(at, said, actual, (where, key, value) -> target.onlyDefault(where, value));
        Mappers mappers = Mappers.of(
                at + ".protocolMappers", scope.path("protocolMappers"), actual.path("protocolMappers"), target);
        List<String> lines = new ArrayList<>(difference.lines());
        lines.addAll(mappers.lines());
        if (lines.isEmpty()) {
            return;
        }
        AdminPath path = realm.path("client-scopes", actual.path("id").asText());
        changes.add(new Change("client scope " + scope.path("name").asText(), lines, () -> {
            if (!difference.none()) {
                realm.admin().put(path, difference.merged());
            }
            mappers.write(realm.admin(), path.then("protocol-mappers", "models"));
        }));
    }

    /** Which scopes a client that is made later gets by itself. */
    List<Change> defaults() {
        List<Change> changes = new ArrayList<>();
        assign(
                "$.defaultDefaultClientScopes",
                "defaultDefaultClientScopes",
                realm.path("default-default-client-scopes"),
                changes);
        assign(
                "$.defaultOptionalClientScopes",
                "defaultOptionalClientScopes",
                realm.path("default-optional-client-scopes"),
                changes);
        return changes;
    }

    private void assign(String at, String key, AdminPath path, List<Change> changes) {
        JsonNode wanted = target.file().tree().path(key);
        if (wanted.isArray()) {
            Assignment assignment = Assignment.of(
                    at, wanted, Target.by("name", realm.admin().get(path)).keySet());
            if (!assignment.lines().isEmpty()) {
                changes.add(
                        new Change("scopes of new clients", assignment.lines(), () -> assignment.write(realm, path)));
            }
        }
    }

    /** Ids by name. */
    static Map<String, String> ids(Realm realm) {
        Map<String, String> ids = new HashMap<>();
        realm.get("client-scopes")
                .forEach(scope ->
                        ids.put(scope.path("name").asText(), scope.path("id").asText()));
        return ids;
    }
}
