// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.realm.RealmFiles;
import dev.gatehouse.tool.file.JsonPath;
import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.validate.Filling;
import dev.gatehouse.tool.validate.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A realm as its file says it, with every placeholder filled in.
 *
 * @param tree the realm; whether a server can take it is for {@link Structure} to say
 * @param defaults the JSON paths of values that are only a placeholder's default: fit to make something new, no reason to
 *     change what is there
 */
record RealmFile(JsonNode tree, Set<String> defaults) {

    private static final long LARGEST = 8L * 1024 * 1024;
    private static final int LONGEST_TEXT = 20_000;

    RealmFile {
        defaults = Set.copyOf(defaults);
    }

    /**
     * Reads the file that is named, or the realm that this build ships where none is. Of the shipped one a part whose
     * placeholders have neither value nor default is left out, as in the file for the console.
     *
     * @param variables of the environment
     * @throws RefusedException for everything that is wrong with it, each with its JSON path
     */
    static RealmFile read(@Nullable Path file, Function<String, Optional<String>> variables) {
        return of(file == null ? shipped(variables) : Structure.parse(file.toString(), text(file)), variables);
    }

    private static JsonNode shipped(Function<String, Optional<String>> variables) {
        ObjectNode source = (ObjectNode) RealmFiles.read(RealmFiles.IMPORT);
        JsonNode console = RealmFiles.read(RealmFiles.CONSOLE);
        for (Map.Entry<String, JsonNode> member : List.copyOf(source.properties())) {
            if (!console.has(member.getKey())
                    && !Filling.of(member.getValue(), variables).problems().isEmpty()) {
                source.remove(member.getKey());
            }
        }
        return source;
    }

    private static RealmFile of(JsonNode source, Function<String, Optional<String>> variables) {
        Filling filling = Filling.of(source, variables);
        List<Problem> problems = new ArrayList<>(filling.problems());
        texts("$", filling.tree(), problems);
        problems.addAll(Unhandled.problems(filling.tree()));
        problems.addAll(References.problems(filling.tree()));
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return new RealmFile(filling.tree(), filling.defaults());
    }

    /** The name of the realm in the file; empty if it has none. */
    Optional<String> realm() {
        return Optional.of(tree.path("realm").asText()).filter(name -> !name.isEmpty());
    }

    /** The elements of a list that stands at the top of the file. */
    List<JsonNode> list(String name) {
        List<JsonNode> elements = new ArrayList<>();
        tree.path(name).forEach(elements::add);
        return elements;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new RefusedException(file.toString(), "is larger than " + LARGEST + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new RefusedException(file.toString(), "is not UTF-8");
        } catch (IOException e) {
            throw new RefusedException(
                    file.toString(), "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** No text of a realm is that long or has control characters. */
    private static void texts(String path, JsonNode node, List<Problem> problems) {
        if (node.isTextual()) {
            String text = node.asText();
            if (text.length() > LONGEST_TEXT) {
                problems.add(new Problem(path, "is longer than " + LONGEST_TEXT + " characters"));
            }
            if (text.chars().anyMatch(letter -> letter < ' ' && letter != '\n' && letter != '\t' && letter != '\r')) {
                problems.add(new Problem(path, "has a control character in it"));
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                texts(JsonPath.element(path, i, node.get(i)), node.get(i), problems);
            }
        } else {
            node.properties()
                    .forEach(member -> texts(JsonPath.member(path, member.getKey()), member.getValue(), problems));
        }
    }
}
