// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Writes JSON of texts, escaped (RFC 8259, section 7). A claim may hold any letter at all. */
final class JsonText {

    private final StringBuilder json = new StringBuilder();

    JsonText open(char bracket) {
        json.append(bracket);
        return this;
    }

    JsonText close(char bracket) {
        json.append(bracket);
        return this;
    }

    JsonText name(String name) {
        if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        text(name);
        json.append(':');
        return this;
    }

    JsonText text(@Nullable String text) {
        if (text == null) {
            json.append("null");
            return this;
        }
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i));
        }
        json.append('"');
        return this;
    }

    JsonText texts(List<String> texts) {
        json.append('[');
        for (int i = 0; i < texts.size(); i++) {
            json.append(i == 0 ? "" : ",");
            text(texts.get(i));
        }
        json.append(']');
        return this;
    }

    private void append(char letter) {
        // Beyond what JSON asks for: <, > and & too, for the day when somebody puts the answer into a page.
        if (letter == '"' || letter == '\\') {
            json.append('\\').append(letter);
        } else if (letter < ' ' || letter == '<' || letter == '>' || letter == '&' || letter == 0x7f) {
            json.append("\\u").append(String.format("%04x", (int) letter));
        } else {
            json.append(letter);
        }
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
