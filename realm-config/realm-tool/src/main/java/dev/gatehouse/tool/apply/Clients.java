// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.change.ClientBody;
import dev.gatehouse.tool.file.JsonPath;

/**
 * Clients. A secret is set when a client is made, and never again. Whether one that is there is switched on is its
 * operator's: the shipped backends are off until they have an address or a secret.
 */
final class Clients {

    private static final Set<String> NO_FIELDS = Set.of(
            "id",
            "secret",
            "enabled",
            "protocolMappers",
            "defaultClientScopes",
            "optionalClientScopes",
            "registrationAccessToken");

    private final Target target;
    private final Realm realm;

    Clients(Target target) {
        this.target = target;
        this.realm = target.realm();
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (JsonNode client : target.file().list("clients")) {
            String clientId = client.path("clientId").asText();
            String at = JsonPath.named("$.clients", clientId);
            Optional<JsonNode> there = find(realm, clientId);
            if (there.isEmpty()) {
                changes.add(new Change("client " + clientId, List.of("+ " + at), () -> realm.admin()
                        .create(realm.path("clients"), client)));
            } else {
                plan(at, client, there.get(), changes);
            }
        }
        return changes;
    }

    private void plan(String at, JsonNode client, JsonNode actual, List<Change> changes) {
        AdminPath path = realm.path("clients", actual.path("id").asText());
        Difference difference = difference(at, client, actual);
        Mappers mappers = mappers(at, client, actual);
        Assignment defaults = scopes(at, client, actual, "defaultClientScopes");
        Assignment optional = scopes(at, client, actual, "optionalClientScopes");
        List<String> lines = new ArrayList<>(difference.lines());
        List.of(mappers.lines(), defaults.lines(), optional.lines()).forEach(lines::addAll);
        if (lines.isEmpty()) {
            return;
        }
        boolean fields = !difference.none() || !mappers.lines().isEmpty();
        changes.add(new Change("client " + client.path("clientId").asText(), lines, () -> {
            if (fields) {
                put(path, at, client);
            }
            defaults.remove(realm, path.then("default-client-scopes"));
            optional.remove(realm, path.then("optional-client-scopes"));
            defaults.add(realm, path.then("default-client-scopes"));
            optional.add(realm, path.then("optional-client-scopes"));
        }));
    }

    /** Fields and mappers are one request; it is made of what is there when it is sent. */
    private void put(AdminPath path, String at, JsonNode client) {
        JsonNode now = realm.admin().get(path);
        ObjectNode merged = ClientBody.of(difference(at, client, now).merged());
        merged.set("protocolMappers", mappers(at, client, now).merged(now.path("protocolMappers")));
        realm.admin().put(path, merged);
    }

    private Difference difference(String at, JsonNode client, JsonNode actual) {
        ObjectNode said = client.deepCopy();
        said.remove(NO_FIELDS);
        return Difference.of(at, said, actual, (where, key, value) -> target.onlyDefault(where, value));
    }

    private Mappers mappers(String at, JsonNode client, JsonNode actual) {
        return Mappers.of(
                at + ".protocolMappers", client.path("protocolMappers"), actual.path("protocolMappers"), target);
    }

    private static Assignment scopes(String at, JsonNode client, JsonNode actual, String key) {
        Set<String> there = new TreeSet<>();
        actual.path(key).forEach(name -> there.add(name.asText()));
        JsonNode wanted = client.path(key);
        if (wanted.isArray() && client.path("serviceAccountsEnabled").asBoolean()) {
            // The server gives it by itself to every client with a service account.
            there.remove("service_account");
        }
        return Assignment.of(at + "." + key, wanted.isArray() ? wanted : actual.path(key), there);
    }

    /** The client of that id. */
    static Optional<JsonNode> find(Realm realm, String clientId) {
        for (JsonNode client : realm.admin().get(realm.path("clients").with("clientId", clientId))) {
            return Optional.of(client);
        }
        return Optional.empty();
    }
}
