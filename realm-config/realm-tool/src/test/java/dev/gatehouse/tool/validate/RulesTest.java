// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.realm.RealmFiles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RulesTest {

    @Test
    void theShippedRealmHasNoErrorAndNoWarning() {
        assertThat(Changed.file(realm -> {})).isEmpty();
    }

    @Test
    void theRealmForTheConsoleHasNoErrorAndNoWarning() {
        Subject console = Subject.ofFile(
                RealmFiles.read(RealmFiles.CONSOLE),
                name -> java.util.Optional.empty(),
                Known.byDeclaration(Changed.DECLARED),
                Changed.DECLARED);

        assertThat(Rules.check(console)).isEmpty();
    }

    @Test
    void theShippedRealmOnAServerHasNoErrorAndNoWarning() {
        assertThat(Changed.server("{}", realm -> {})).isEmpty();
    }

    @Test
    void noTwoRulesHaveOneName() {
        Set<String> names = new HashSet<>();

        assertThat(Rules.ALL).allMatch(rule -> rule.name().matches("[a-z-]+")).allMatch(rule -> names.add(rule.name()));
    }

    @Test
    void errorsComeFirst() {
        List<String> found = Changed.file(realm -> {
            realm.put("adminEventsEnabled", false);
            realm.put("revokeRefreshToken", false);
        });

        assertThat(found)
                .containsExactly("error refresh-rotation $.revokeRefreshToken", "warning events $.adminEventsEnabled");
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            ObjectNode realm = Changed.shipped(it -> {});
            for (int j = 0; j < 4; j++) {
                spoil(realm, random);
            }
            for (boolean isFile : new boolean[] {true, false}) {
                Known known = isFile ? Known.byDeclaration(Changed.DECLARED) : Known.byServer(Changed.json("{}"));
                Place place = Place.root(realm);
                Subject subject =
                        new Subject(place, place, isFile, name -> java.util.Optional.empty(), known, Changed.DECLARED);
                assertThat(Rules.check(subject)).isNotNull();
            }
        }
    }

    /** Puts something else in the place of a member somewhere in the tree. */
    private static void spoil(JsonNode node, Random random) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        List<JsonNode> gibberish = List.of(
                json.textNode("${"),
                json.textNode("]["),
                json.nullNode(),
                json.numberNode(-1),
                json.booleanNode(true),
                json.arrayNode().add(7).addObject(),
                json.objectNode().put("alias", 3).put("", "a"));
        JsonNode value = gibberish.get(random.nextInt(gibberish.size()));
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new java.util.ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (object.get(name).isContainerNode() && random.nextInt(5) > 0) {
                spoil(object.get(name), random);
            } else {
                object.set(name, value);
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            if (array.get(index).isContainerNode() && random.nextInt(5) > 0) {
                spoil(array.get(index), random);
            } else {
                array.set(index, value);
            }
        }
    }
}
