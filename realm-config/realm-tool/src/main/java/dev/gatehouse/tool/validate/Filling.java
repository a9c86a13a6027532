// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.file.JsonPath;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.validate.Placeholders.Placeholder;

/**
 * A realm's file with its placeholders filled from the environment. A value goes into the parsed tree and is never read
 * again: whatever stands in it stays the text of that one place.
 *
 * @param tree the realm
 * @param defaults the paths of texts and lists in which only a default stands, because no variable says better
 * @param problems placeholders that have neither a value nor a default, or cannot be read
 */
public record Filling(JsonNode tree, Set<String> defaults, List<Problem> problems) {

    public Filling {
        defaults = Set.copyOf(defaults);
        problems = List.copyOf(problems);
    }

    /** Fills {@code file}. */
    public static Filling of(JsonNode file, Function<String, Optional<String>> environment) {
        Work work = new Work(environment);
        return new Filling(work.fill("$", file), work.defaults, work.problems);
    }

    /** One walk through a tree. */
    private static final class Work {

        private final Function<String, Optional<String>> environment;
        private final Set<String> defaults = new HashSet<>();
        private final List<Problem> problems = new ArrayList<>();

        Work(Function<String, Optional<String>> environment) {
            this.environment = environment;
        }

        private JsonNode fill(String path, JsonNode node) {
            if (node.isTextual()) {
                return text(path, node);
            }
            if (node.isArray()) {
                return list(path, node);
            }
            if (!node.isObject()) {
                return node;
            }
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(member -> object.set(
                            member.getKey(), fill(JsonPath.member(path, member.getKey()), member.getValue())));
            return object;
        }

        private ArrayNode list(String path, JsonNode node) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < node.size(); i++) {
                String element = JsonPath.element(path, i, node.get(i));
                list.add(fill(element, node.get(i)));
                if (node.get(i).isTextual() && defaults.contains(element)) {
                    defaults.add(path);
                }
            }
            return list;
        }

        private JsonNode text(String path, JsonNode node) {
            List<Placeholder> found = Placeholders.in(node.asText());
            if (!Placeholders.isSound(node.asText())) {
                problems.add(new Problem(path, "has a placeholder that cannot be read"));
            }
            if (found.isEmpty()) {
                return node;
            }
            if (found.stream()
                    .flatMap(placeholder -> placeholder.names().stream())
                    .allMatch(name -> environment.apply(name).isEmpty())) {
                defaults.add(path);
            }
            JsonNode filled = Placeholders.resolved(node, environment);
            Placeholders.in(filled.asText())
                    .forEach(left -> problems.add(
                            new Problem(path, "needs the environment variable " + String.join(" or ", left.names()))));
            return filled;
        }
    }
}
