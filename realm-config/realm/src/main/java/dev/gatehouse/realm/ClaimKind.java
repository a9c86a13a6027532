// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** What the value of a claim is. */
public enum ClaimKind {
    TEXT("a text"),
    NUMBER("a whole number"),
    TEXTS("a list of texts"),
    TEXT_OR_TEXTS("a text or a list of texts");

    private final String phrase;

    ClaimKind(String phrase) {
        this.phrase = phrase;
    }

    /** What is accepted, as a phrase that can follow "is". */
    public String phrase() {
        return phrase;
    }

    /** Whether {@code value} is of this kind. */
    public boolean fits(JsonNode value) {
        boolean texts = value.isArray()
                && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
        return switch (this) {
            case TEXT -> value.isTextual();
            case NUMBER -> value.isIntegralNumber();
            case TEXTS -> texts;
            case TEXT_OR_TEXTS -> texts || value.isTextual();
        };
    }

    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ClaimKind of(String written) {
        return Arrays.stream(values())
                .filter(kind -> kind.written().equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no kind of claim " + written));
    }
}
