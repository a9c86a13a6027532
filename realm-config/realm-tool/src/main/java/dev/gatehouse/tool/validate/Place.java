// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatehouse.tool.file.JsonPath;

/**
 * A value of a realm and the JSON path to it. Members of lists are called by the name they have in the realm where they have
 * one, so that the path holds for the file and for the server. What is not there, or of another kind than asked for, is
 * empty.
 *
 * @param node the value; a missing node where there is none
 * @param path such as {@code $.clients[gatehouse-app].redirectUris[0]}
 */
record Place(JsonNode node, String path) {

    static Place root(JsonNode realm) {
        return new Place(realm, "$");
    }

    /** A member of an object. */
    Place at(String member) {
        JsonNode value = node.isObject() ? node.path(member) : MissingNode.getInstance();
        return new Place(value, JsonPath.member(path, member));
    }

    /** A member of a member. */
    Place at(String member, String further) {
        return at(member).at(further);
    }

    /** The members of a list. */
    List<Place> each() {
        List<Place> members = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                members.add(new Place(node.get(i), JsonPath.element(path, i, named(i))));
            }
        }
        return members;
    }

    /** The members of a list that is a member of this object. */
    List<Place> each(String member) {
        return at(member).each();
    }

    /** The members of an object, by name, as they are written. */
    Map<String, Place> members() {
        Map<String, Place> members = new LinkedHashMap<>();
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> members.put(name, at(name)));
        }
        return members;
    }

    /** Of a list or an object, in the order in which they are written. */
    Stream<Place> children() {
        return Stream.concat(each().stream(), members().values().stream());
    }

    /** This and everything in it. */
    Stream<Place> all() {
        return Stream.concat(Stream.of(this), children().flatMap(Place::all));
    }

    boolean exists() {
        return !node.isMissingNode() && !node.isNull();
    }

    boolean has(String member) {
        return at(member).exists();
    }

    /** As text, without white space around it; numbers and flags too; of a list with one member, that one. */
    String text() {
        return (node.isArray() && node.size() == 1 ? node.get(0) : node)
                .asText()
                .trim();
    }

    String text(String member) {
        return at(member).text();
    }

    boolean is(String member) {
        return is(member, false);
    }

    /** A flag, as one or as text. */
    boolean is(String member, boolean otherwise) {
        String text = text(member);
        return text.equals("true") || (!text.equals("false") && otherwise);
    }

    /** A number, as one or as text. */
    long number(String member, long otherwise) {
        String text = text(member);
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }

    /** The member of a list, or nothing for one whose name another has too: then its place tells it. */
    private JsonNode named(int index) {
        String own = JsonPath.element("", 0, node.get(index));
        for (int i = 0; i < node.size(); i++) {
            if (i != index && JsonPath.element("", 0, node.get(i)).equals(own)) {
                return MissingNode.getInstance();
            }
        }
        return node.get(index);
    }
}
