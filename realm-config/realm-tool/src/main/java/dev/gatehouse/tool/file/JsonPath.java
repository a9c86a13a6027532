// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.file;

import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes JSON paths as people read them. */
public final class JsonPath {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final List<String> NAMES = List.of("clientId", "alias", "name");
    private static final int LONGEST_NAME = 80;

    private JsonPath() {}

    /** A member of an object: {@code $.name}, or {@code $["a name"]} where the name is no plain word. */
    public static String member(String path, String name) {
        return PLAIN.matcher(name).matches() && name.length() <= LONGEST_NAME
                ? path + "." + name
                : path + "[\"" + shortened(name).replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }

    /** The element of a list, by its name where it has one, else by its place. */
    public static String element(String path, int place, JsonNode element) {
        for (String key : NAMES) {
            if (!element.path(key).asText().isEmpty()) {
                return named(path, element.path(key).asText());
            }
        }
        return path + "[" + place + "]";
    }

    /** The element of a list that goes by a name: {@code $.clients[gatehouse-app]}. */
    public static String named(String path, String name) {
        return path + "[" + shortened(name) + "]";
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
