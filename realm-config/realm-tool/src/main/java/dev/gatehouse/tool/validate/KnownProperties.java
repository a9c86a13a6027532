// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The properties of a realm's representation and of what is in it, of the oldest server that is supported. Types are
 * {@code text}, {@code flag}, {@code number}, {@code any}, the name of another representation, a list of one as {@code [T]}, or
 * an object with free names as <code>{T}</code>.
 */
final class KnownProperties {

    static final String RESOURCE = "known-properties.json";
    private static final JsonNode TYPES = read();

    private KnownProperties() {}

    private static JsonNode read() {
        try (InputStream content = KnownProperties.class.getResourceAsStream(RESOURCE)) {
            return new ObjectMapper().readTree(content);
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " cannot be read", e);
        }
    }

    /** Every property of a realm that no server knows, or whose value is of another kind than the server reads. */
    static void check(Place realm, Findings findings) {
        check(realm, "realm", findings);
    }

    private static void check(Place place, String type, Findings findings) {
        if (place.node().isNull()) {
            return;
        }
        String inner = type.substring(1, type.length() - 1);
        if (type.startsWith("[")) {
            findings.errorIf(!place.node().isArray(), place, "must be a list");
            place.each().forEach(member -> check(member, inner, findings));
        } else if (type.startsWith("{")) {
            findings.errorIf(!place.node().isObject(), place, "must be an object");
            place.members().values().forEach(member -> check(member, inner, findings));
        } else if (TYPES.has(type)) {
            findings.errorIf(!place.node().isObject(), place, "must be an object");
            place.members().forEach((name, member) -> {
                if (TYPES.path(type).has(name)) {
                    check(member, TYPES.path(type).path(name).asText(), findings);
                } else {
                    findings.error(member, "is no property that the server knows; is it misspelt?");
                }
            });
        } else {
            checkValue(place, type, findings);
        }
    }

    private static void checkValue(Place place, String type, Findings findings) {
        String text = place.node().asText();
        switch (type) {
            case "text" -> findings.errorIf(!place.node().isValueNode(), place, "must be a text");
            case "flag" -> findings.errorIf(!place.node().isBoolean(), place, wanted("true or false", text));
            case "number" -> findings.errorIf(!place.node().isIntegralNumber(), place, wanted("a whole number", text));
            default -> {
                // Anything goes.
            }
        }
    }

    private static String wanted(String what, String text) {
        return "must be " + what + ", without quotes"
                + (text.contains(Placeholders.OPEN)
                        ? "; placeholders stand in text only, for the console knows none"
                        : "");
    }
}
