// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A realm without placeholders: each gives way to its default. An object that has one without a default says nothing
 * without it and is left out whole, such as a mail server whose host is not known.
 */
final class ConsoleRealm {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::([^{}]*))?}");

    private ConsoleRealm() {}

    /** @throws IllegalArgumentException if the whole realm, or a member of a list, would have to be left out */
    static JsonNode of(JsonNode source) {
        return resolved(source)
                .orElseThrow(() -> new IllegalArgumentException("$ has a placeholder without a default"));
    }

    private static Optional<JsonNode> resolved(JsonNode node) {
        if (node.isTextual()) {
            return text(node.asText()).map(TextNode::valueOf);
        }
        if (node.isObject()) {
            return object(node);
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(member -> list.add(resolved(member)
                    .orElseThrow(() ->
                            new IllegalArgumentException("A list has a placeholder without a default: " + member))));
            return Optional.of(list);
        }
        return Optional.of(node);
    }

    private static Optional<JsonNode> object(JsonNode node) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            Optional<JsonNode> value = resolved(member.getValue());
            if (value.isPresent()) {
                object.set(member.getKey(), value.get());
            } else if (member.getValue().isTextual()) {
                return Optional.empty();
            }
        }
        return Optional.of(object);
    }

    /** Empty if there is a placeholder that has no default. */
    private static Optional<String> text(String text) {
        StringBuilder resolved = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2) == null) {
                return Optional.empty();
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(matcher.group(2)));
        }
        return Optional.of(matcher.appendTail(resolved).toString());
    }
}
