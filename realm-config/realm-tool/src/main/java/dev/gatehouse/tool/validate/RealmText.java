// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.tool.report.RefusedException;

/** Reads a realm file strictly: one object, each member once, nothing after it. */
final class RealmText {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RealmText() {}

    /**
     * The realm in {@code text}.
     *
     * @param name of the file, for messages
     * @throws RefusedException that names line and column, and never quotes the file
     */
    static JsonNode parse(String name, String text) {
        JsonNode realm;
        try {
            // A byte order mark is no JSON, and the server's import stumbles over it too.
            realm = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RefusedException(place(name, e.getLocation()), reason(e));
        }
        if (!realm.isObject()) {
            throw new RefusedException(name, "is no realm: it must be one JSON object");
        }
        return realm;
    }

    private static String place(String name, JsonLocation location) {
        return location == null ? name : name + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        String start = message.split("[:(\\n]", 2)[0].trim();
        if (start.startsWith("Duplicate field")) {
            return "the member " + start.substring("Duplicate field".length()).trim() + " is there twice";
        }
        if (start.startsWith("Unrecognized token '$")) {
            return "a placeholder must stand within quotes";
        }
        return "is not JSON (" + start + ")";
    }
}
