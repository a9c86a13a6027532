// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Values as an operator sees them: short, on one line, and never a secret. */
final class Shown {

    private static final int LONGEST = 120;
    private static final String MASKED = "***";

    private Shown() {}

    /** The value of the property that is named. */
    static String of(String key, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "(none)";
        }
        if (secret(key)) {
            return value.asText().isEmpty() ? "(none)" : MASKED;
        }
        String text = text(key, value);
        return text.isEmpty() ? "(none)" : text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static String text(String key, JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(element -> of(key, element))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(member -> member.getKey() + "=" + of(member.getKey(), member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.asText();
    }

    /** Whether what stands under this name is nobody's to read. */
    static boolean secret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return name.endsWith("secret")
                || name.equals("password")
                || name.endsWith(".password")
                || name.endsWith("privatekey")
                || name.endsWith("credential");
    }
}
