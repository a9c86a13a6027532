// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;

/** Roles of the realm and of clients: made or described anew, never taken from anybody. */
final class Roles {

    private static final Set<String> NO_FIELDS = Set.of("id", "composite", "composites", "clientRole", "containerId");

    private final Target target;
    private final Realm realm;

    Roles(Target target) {
        this.target = target;
        this.realm = target.realm();
    }

    List<Change> ofRealm() {
        List<Change> changes = new ArrayList<>();
        for (JsonNode role : target.file().tree().at("/roles/realm")) {
            plan("$.roles.realm", role, Optional.of(realm.path("roles")), () -> realm.path("roles"), changes);
        }
        return changes;
    }

    List<Change> ofClients() {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> client :
                target.file().tree().at("/roles/client").properties()) {
            String path = JsonPath.named("$.roles.client", client.getKey());
            for (JsonNode role : client.getValue()) {
                plan(
                        path,
                        role,
                        clientRoles(client.getKey()),
                        () -> clientRoles(client.getKey()).orElseThrow(),
                        changes);
            }
        }
        return changes;
    }

    /** Which roles each role contains; what it contains besides stays. */
    List<Change> composites() {
        List<Change> changes = new ArrayList<>();
        for (JsonNode role : target.file().tree().at("/roles/realm")) {
            if (role.path("composites").isObject()) {
                composite(role, changes);
            }
        }
        return changes;
    }

    private void plan(
            String path, JsonNode role, Optional<AdminPath> now, Supplier<AdminPath> later, List<Change> changes) {
        String name = role.path("name").asText();
        String at = JsonPath.named(path, name);
        Optional<JsonNode> there = now.flatMap(roles -> realm.admin().find(roles.then(name)));
        ObjectNode said = role.deepCopy();
        said.remove(NO_FIELDS);
        if (there.isEmpty()) {
            changes.add(new Change(
                    "role " + name, List.of("+ " + at), () -> realm.admin().create(later.get(), said)));
            return;
        }
        Difference difference =
                Difference.of(at, said, there.get(), (where, key, value) -> target.onlyDefault(where, value));
        if (!difference.none()) {
            changes.add(new Change("role " + name, difference.lines(), () -> realm.admin()
                    .put(later.get().then(name), difference.merged())));
        }
    }

    private Optional<AdminPath> clientRoles(String clientId) {
        return Clients.find(realm, clientId)
                .map(client -> realm.path("clients", client.path("id").asText(), "roles"));
    }

    private void composite(JsonNode role, List<Change> changes) {
        String name = role.path("name").asText();
        AdminPath path = realm.path("roles", name, "composites");
        Set<String> there = new TreeSet<>();
        realm.admin().find(path).ifPresent(list -> list.forEach(inner -> there.add(key(inner))));
        List<String> lines = new ArrayList<>();
        for (String wanted : wanted(role.path("composites"))) {
            if (!there.contains(wanted)) {
                lines.add("+ " + JsonPath.named("$.roles.realm", name) + ".composites: " + wanted);
            }
        }
        if (!lines.isEmpty()) {
            changes.add(new Change("composites of role " + name, lines, () -> realm.admin()
                    .post(path, inner(role.path("composites")))));
        }
    }

    private static List<String> wanted(JsonNode composites) {
        List<String> wanted = new ArrayList<>();
        composites.path("realm").forEach(inner -> wanted.add(inner.asText()));
        return wanted;
    }

    private static String key(JsonNode role) {
        return role.path("clientRole").asBoolean() ? "" : role.path("name").asText();
    }

    private ArrayNode inner(JsonNode composites) {
        ArrayNode roles = JsonNodeFactory.instance.arrayNode();
        wanted(composites).forEach(inner -> roles.add(realm.get("roles", inner)));
        return roles;
    }
}
