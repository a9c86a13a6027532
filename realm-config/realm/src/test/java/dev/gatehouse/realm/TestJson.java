// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as tests write it: with single quotes. */
final class TestJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestJson() {}

    static JsonNode of(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + text, e);
        }
    }

    /** The hand-written realm, for a test to change. */
    static ObjectNode shippedRealm() {
        return (ObjectNode) RealmFiles.read(RealmFiles.IMPORT);
    }

    /** A member of a list of the realm, by what stands under {@code key}. */
    static ObjectNode member(JsonNode list, String key, String value) {
        for (JsonNode member : list) {
            if (member.path(key).asText().equals(value)) {
                return (ObjectNode) member;
            }
        }
        throw new IllegalArgumentException("There is no member with " + key + " " + value);
    }
}
