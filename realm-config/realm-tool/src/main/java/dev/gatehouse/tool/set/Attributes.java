// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.report.RefusedException;

/**
 * The attributes of a realm, those of others included: the server takes the attributes that it gets for all there are, and
 * removes the rest.
 *
 * <p>Between reading and writing somebody else may change one; that change is lost. The server has no way to exclude it.
 */
final class Attributes {

    private final Realm realm;
    private final ObjectNode values;

    private Attributes(Realm realm, ObjectNode values) {
        this.realm = realm;
        this.values = values;
    }

    static Attributes of(Realm realm) {
        JsonNode found = realm.admin()
                .find(realm.path())
                .orElseThrow(() -> new RefusedException("--realm", "the server has no realm " + realm.name()))
                .path("attributes");
        return new Attributes(
                realm, found instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode());
    }

    /** Empty if it is not set. */
    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).map(JsonNode::asText);
    }

    /** What {@code wanted} changes, a line each. */
    List<String> changes(Wanted wanted) {
        List<String> lines = new ArrayList<>();
        wanted.values().forEach((key, value) -> {
            if (!value(key).equals(value)) {
                lines.add(key + ": " + shown(value(key)) + " -> " + shown(value));
            }
        });
        return lines;
    }

    /** Writes it, in one request, and nothing but attributes. */
    void write(Wanted wanted) {
        for (Map.Entry<String, Optional<String>> entry : wanted.values().entrySet()) {
            if (entry.getValue().isPresent()) {
                values.put(entry.getKey(), entry.getValue().get());
            } else {
                values.remove(entry.getKey());
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("attributes", values);
        realm.admin().put(realm.path(), body);
    }

    private static String shown(Optional<String> value) {
        return value.map(text -> text.isEmpty() ? "\"\"" : text).orElse("(not set)");
    }
}
