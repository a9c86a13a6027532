// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Realm;

/**
 * What is compared: a realm of a server with a file.
 *
 * @param realm the realm as it is
 * @param file the realm as it shall be
 */
record Target(Realm realm, RealmFile file) {

    /** A placeholder's default makes something new, but is no reason to change what somebody has set. */
    boolean onlyDefault(String path, JsonNode actual) {
        return file.defaults().contains(path) && !Meaning.sameEntry(actual.path("nothing"), actual);
    }

    /** The elements of a list by the value that they have under {@code key}. */
    static Map<String, JsonNode> by(String key, Iterable<JsonNode> list) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        list.forEach(element -> byKey.put(element.path(key).asText(), element));
        return byKey;
    }

    /** A list that the server gives whole, whatever its length. */
    List<JsonNode> whole(String... segments) {
        List<JsonNode> elements = new ArrayList<>();
        realm.get(segments).forEach(elements::add);
        return elements;
    }
}
