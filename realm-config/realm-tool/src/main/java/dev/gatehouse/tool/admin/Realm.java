// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One realm of a server.
 *
 * @param admin who reads and writes
 * @param name the realm's name
 */
public record Realm(Admin admin, String name) {

    /** A path below the realm. */
    public AdminPath path(String... segments) {
        return AdminPath.of("realms", name).then(segments);
    }

    /** What is there. */
    public JsonNode get(String... segments) {
        return admin.get(path(segments));
    }

    /** All elements of a list that the server gives in pages. */
    public List<JsonNode> list(String... segments) {
        return admin.list(path(segments));
    }
}
