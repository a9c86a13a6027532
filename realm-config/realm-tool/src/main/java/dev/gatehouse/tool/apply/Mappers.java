// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.file.JsonPath;

/**
 * Mappers of a client, a client scope or an identity provider; those that the file does not name stay.
 *
 * @param lines one a difference
 * @param added those that are not there
 * @param changed those that are, as they shall be, with the server's ids
 */
record Mappers(List<String> lines, List<JsonNode> added, List<ObjectNode> changed) {

    static Mappers of(String path, JsonNode wanted, JsonNode actual, Target target) {
        Map<String, JsonNode> there = Target.by("name", actual);
        List<String> lines = new ArrayList<>();
        List<JsonNode> added = new ArrayList<>();
        List<ObjectNode> changed = new ArrayList<>();
        for (JsonNode mapper : wanted) {
            String name = mapper.path("name").asText();
            String at = JsonPath.named(path, name);
            JsonNode is = there.get(name);
            if (is == null) {
                lines.add("+ " + at);
                added.add(mapper);
                continue;
            }
            ObjectNode said = mapper.deepCopy();
            said.remove("id");
            Difference difference =
                    Difference.of(at, said, is, (where, key, value) -> target.onlyDefault(where, value));
            lines.addAll(difference.lines());
            if (!difference.none()) {
                changed.add(difference.merged());
            }
        }
        return new Mappers(lines, added, changed);
    }

    /** Writes them one by one to where the server keeps them. */
    void write(Admin admin, AdminPath path) {
        added.forEach(mapper -> admin.create(path, mapper));
        changed.forEach(mapper -> admin.put(path.then(mapper.path("id").asText()), mapper));
    }

    /** All mappers of {@code actual}, with the differences made good. */
    ArrayNode merged(JsonNode actual) {
        ArrayNode merged = changedIn(actual);
        merged.addAll(added);
        return merged;
    }

    private ArrayNode changedIn(JsonNode actual) {
        Map<String, JsonNode> byName = Target.by("name", actual);
        changed.forEach(mapper -> byName.put(mapper.path("name").asText(), mapper));
        return JsonNodeFactory.instance.arrayNode().addAll(byName.values());
    }
}
