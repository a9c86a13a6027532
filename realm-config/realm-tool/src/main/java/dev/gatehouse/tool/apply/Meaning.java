// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether two values mean the same to the server, however they are written. */
final class Meaning {

    /** What stands for a secret in answers. */
    static final String HIDDEN = "**********";

    private Meaning() {}

    /**
     * Of a property of a representation: a text may stand for a number or a switch, lists are sets, and the server leaves
     * out what is off, zero or empty.
     */
    static boolean same(JsonNode wanted, JsonNode actual) {
        return absent(wanted) ? absent(actual) : sameText(wanted, actual);
    }

    /** Of an entry of a map of texts: there a {@code false} is not the same as nothing, but an empty text is. */
    static boolean sameEntry(JsonNode wanted, JsonNode actual) {
        return nothing(wanted) ? nothing(actual) : sameText(wanted, actual);
    }

    /** Whether the server hides the value: what it is cannot be known, only that it is there. */
    static boolean hidden(JsonNode actual) {
        return actual.asText().equals(HIDDEN);
    }

    private static boolean sameText(JsonNode wanted, JsonNode actual) {
        if (wanted.isArray() || actual.isArray()) {
            return texts(wanted).equals(texts(actual));
        }
        if (wanted.isObject() || actual.isObject()) {
            return wanted.equals(actual);
        }
        return wanted.asText().equals(actual.asText()) && actual.isValueNode() && !actual.isNull();
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        if (list.isArray()) {
            list.forEach(element -> texts.add(element.isValueNode() ? element.asText() : element.toString()));
        } else if (!nothing(list)) {
            texts.add(list.asText());
        }
        return texts;
    }

    private static boolean absent(JsonNode value) {
        return nothing(value)
                || value.asText().equals("false")
                || value.asText().equals("0");
    }

    private static boolean nothing(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }
}
