// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.file.JsonPath;

/**
 * How a thing on the server differs from what the file says of it.
 *
 * @param lines one for each property that differs; none if nothing does
 * @param merged the server's representation with the file's values in it, as it would be put back
 */
record Difference(List<String> lines, ObjectNode merged) {

    /** Which differences stay. */
    interface Kept {
        /** Whether the value that the server has under {@code path} stays, whatever the file says. */
        boolean keeps(String path, String key, JsonNode actual);
    }

    /** In the configuration of a mail server these switches are off when they are not there. */
    private static final Set<String> OFF_WHEN_ABSENT = Set.of("auth", "ssl", "starttls", "debug", "allowutf8");

    Difference {
        lines = List.copyOf(lines);
    }

    /** Of two representations; only what {@code wanted} has is looked at, nulls not at all. */
    static Difference of(String path, JsonNode wanted, JsonNode actual, Kept kept) {
        List<String> lines = new ArrayList<>();
        ObjectNode merged = actual.deepCopy();
        for (Map.Entry<String, JsonNode> member : wanted.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            String at = JsonPath.member(path, key);
            if (value.isObject()
                    && (actual.path(key).isObject() || actual.path(key).isMissingNode())) {
                ObjectNode map = actual.path(key).isObject() ? actual.path(key).deepCopy() : merged.objectNode();
                entries(at, value, map, kept, lines);
                merged.set(key, map);
            } else if (!value.isNull()
                    && !Meaning.same(value, actual.path(key))
                    && !stays(at, key, actual.path(key), kept)) {
                lines.add(line(at, key, value, actual.path(key)));
                merged.set(key, value);
            }
        }
        return new Difference(lines, merged);
    }

    private static void entries(String path, JsonNode wanted, ObjectNode map, Kept kept, List<String> lines) {
        for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
            String key = entry.getKey();
            String at = JsonPath.member(path, key);
            JsonNode actual = map.path(key);
            boolean same = Meaning.sameEntry(entry.getValue(), actual)
                    || (OFF_WHEN_ABSENT.contains(key) && Meaning.same(entry.getValue(), actual));
            if (!entry.getValue().isNull() && !same && !stays(at, key, actual, kept)) {
                lines.add(line(at, key, entry.getValue(), actual));
                map.set(key, entry.getValue());
            }
        }
    }

    private static boolean stays(String at, String key, JsonNode actual, Kept kept) {
        return Meaning.hidden(actual) || kept.keeps(at, key, actual);
    }

    private static String line(String at, String key, JsonNode wanted, JsonNode actual) {
        return "~ " + at + ": " + Shown.of(key, actual) + " -> " + Shown.of(key, wanted);
    }

    boolean none() {
        return lines.isEmpty();
    }
}
