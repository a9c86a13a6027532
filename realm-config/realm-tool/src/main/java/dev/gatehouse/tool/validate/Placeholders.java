// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Placeholders as an import at the server's start knows them: <code>${NAME}</code>, <code>${NAME:default}</code>,
 * <code>${NAME,OTHER:default}</code>, one within the default of another.
 *
 * <p>What stands in a realm in braces and is none: references to a vault and to texts of the server.
 */
final class Placeholders {

    static final String OPEN = "${";

    private static final Pattern NAMES = Pattern.compile("[A-Z][A-Z0-9_]*(,[A-Z][A-Z0-9_]*)*");
    private static final Pattern REFERENCE = Pattern.compile("vault\\.\\S+|[a-z][A-Za-z0-9_.-]*");

    private Placeholders() {}

    /**
     * One placeholder.
     *
     * @param names of variables of the environment; the first that is set counts
     * @param fallback empty if it has none
     */
    record Placeholder(List<String> names, Optional<String> fallback) {}

    /** Those of a text, with those in defaults. */
    static List<Placeholder> in(String text) {
        List<Placeholder> all = new ArrayList<>();
        replaced(text, found -> {
            all.add(found);
            found.fallback().ifPresent(fallback -> all.addAll(in(fallback)));
            return Optional.of("");
        });
        return all;
    }

    /** Whether the braces of a text all open and close, and hold a placeholder or a reference. */
    static boolean isSound(String text) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return true;
        }
        int close = end(text, open);
        if (close < 0) {
            return false;
        }
        String inner = text.substring(open + 2, close);
        int colon = inner.indexOf(':');
        boolean sound =
                NAMES.matcher(colon < 0 ? inner : inner.substring(0, colon)).matches()
                        ? colon < 0 || isSound(inner.substring(colon + 1))
                        : REFERENCE.matcher(inner).matches();
        return sound && isSound(text.substring(close + 1));
    }

    /** The tree with values in the place of placeholders; those without a value stay. */
    static JsonNode resolved(JsonNode node, Function<String, Optional<String>> environment) {
        if (node.isTextual()) {
            return TextNode.valueOf(resolved(node.asText(), environment));
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(member -> list.add(resolved(member, environment)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(member -> object.set(member.getKey(), resolved(member.getValue(), environment)));
            return object;
        }
        return node;
    }

    private static String resolved(String text, Function<String, Optional<String>> environment) {
        return replaced(text, found -> found.names().stream()
                .flatMap(name -> environment.apply(name).stream())
                .findFirst()
                .or(() -> found.fallback().map(fallback -> resolved(fallback, environment))));
    }

    private static String replaced(String text, Function<Placeholder, Optional<String>> values) {
        StringBuilder done = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = end(text, open);
            if (close < 0) {
                break;
            }
            String inner = text.substring(open + 2, close);
            int colon = inner.indexOf(':');
            String names = colon < 0 ? inner : inner.substring(0, colon);
            Optional<String> value = NAMES.matcher(names).matches()
                    ? values.apply(new Placeholder(
                            List.of(names.split(",")),
                            colon < 0 ? Optional.empty() : Optional.of(inner.substring(colon + 1))))
                    : Optional.empty();
            done.append(text, from, open).append(value.orElse(text.substring(open, close + 1)));
            from = close + 1;
        }
        return done.append(text.substring(from)).toString();
    }

    /** Where the brace closes that opens at {@code open}; -1 if it does not. */
    private static int end(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.startsWith(OPEN, i)) {
                depth++;
                i++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
