// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which providers there are: those of a server, by kind, or, without a server, all but those that bear the pack's name and
 * are not of it.
 */
final class Known {

    /** Providers of the pack are called so. */
    static final String OURS = "gatehouse-";

    private final Map<String, Set<String>> ids;
    private final Set<String> declared;
    private final boolean isServer;

    private Known(Map<String, Set<String>> ids, Set<String> declared, boolean isServer) {
        this.ids = ids;
        this.declared = declared;
        this.isServer = isServer;
    }

    /** Without a server. */
    static Known byDeclaration(Declared declared) {
        return new Known(Map.of(), declared.providers().keySet(), false);
    }

    /** What a server says about itself. */
    static Known byServer(JsonNode serverInfo) {
        Map<String, Set<String>> ids = new HashMap<>();
        for (Map.Entry<String, JsonNode> kind : serverInfo.path("providers").properties()) {
            ids.put(kind.getKey(), names(kind.getValue().path("providers")));
        }
        for (Map.Entry<String, JsonNode> kind :
                serverInfo.path("componentTypes").properties()) {
            ids.put(kind.getKey(), texts(kind.getValue(), "id"));
        }
        for (Map.Entry<String, JsonNode> kind : serverInfo.path("themes").properties()) {
            ids.put(kind.getKey() + "Theme", texts(kind.getValue(), "name"));
        }
        return new Known(ids, Set.of(), true);
    }

    boolean isServer() {
        return isServer;
    }

    /** Whether one of these kinds has a provider of this id. */
    boolean has(String id, String... kinds) {
        if (!isServer) {
            // Listeners and themes of the pack are not declared; only a server can say whether they are there.
            boolean isDeclared =
                    Stream.of(kinds).noneMatch(kind -> kind.equals("eventsListener") || kind.endsWith("Theme"));
            return !isDeclared || !id.startsWith(OURS) || declared.contains(id);
        }
        // A kind that the server does not tell of cannot be judged.
        return Arrays.stream(kinds).noneMatch(ids::containsKey)
                || Arrays.stream(kinds)
                        .anyMatch(kind -> ids.getOrDefault(kind, Set.of()).contains(id));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode list, String member) {
        Set<String> texts = new HashSet<>();
        StreamSupport.stream(list.spliterator(), false)
                .map(element -> element.path(member).asText())
                .forEach(texts::add);
        return texts;
    }
}
