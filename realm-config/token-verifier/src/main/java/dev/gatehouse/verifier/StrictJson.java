// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object (RFC 8259) and refuses whatever two parsers might read in two ways.
 *
 * <p>Refused are: a member name that comes twice, bytes that are not UTF-8 (a byte order mark, overlong forms and lone
 * surrogates included), anything behind the object, nesting deeper than {@value #MAX_DEPTH}, and numbers that are out of
 * proportion. The caller bounds the size.
 *
 * <p>The values are {@link String}, {@link BigDecimal}, {@link Boolean}, {@code null}, and unmodifiable {@link List} and
 * {@link Map} of these.
 */
final class StrictJson {

    static final int MAX_DEPTH = 32;

    private final String text;
    private int at;
    private int depth;

    private StrictJson(String text) {
        this.text = text;
    }

    static Map<String, @Nullable Object> object(byte[] utf8) throws MalformedJsonException {
        String text;
        try {
            // A new decoder reports; String(byte[]) would replace what it cannot read.
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("it is not UTF-8");
        }
        StrictJson json = new StrictJson(text);
        json.skipSpace();
        Map<String, @Nullable Object> object = json.object();
        json.skipSpace();
        if (json.at != text.length()) {
            throw json.malformed("there is more behind the object");
        }
        return object;
    }

    private @Nullable Object value() throws MalformedJsonException {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", Boolean.TRUE);
            case 'f' -> literal("false", Boolean.FALSE);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private @Nullable Object literal(String literal, @Nullable Boolean value) throws MalformedJsonException {
        expect(literal);
        return value;
    }

    private BigDecimal number() throws MalformedJsonException {
        JsonNumber number = JsonNumber.at(text, at);
        if (number == null) {
            throw malformed("a value was expected");
        }
        at = number.end();
        return number.value();
    }

    private Map<String, @Nullable Object> object() throws MalformedJsonException {
        expect("{");
        enter();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        skipSpace();
        boolean more = peek() != '}';
        while (more) {
            skipSpace();
            String name = string();
            skipSpace();
            expect(":");
            skipSpace();
            Object value = value();
            if (members.containsKey(name)) {
                throw malformed("a member name comes twice");
            }
            members.put(name, value);
            more = comma();
        }
        expect("}");
        depth--;
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> array() throws MalformedJsonException {
        expect("[");
        enter();
        List<@Nullable Object> elements = new ArrayList<>();
        skipSpace();
        boolean more = peek() != ']';
        while (more) {
            skipSpace();
            elements.add(value());
            more = comma();
        }
        expect("]");
        depth--;
        return Collections.unmodifiableList(elements);
    }

    private String string() throws MalformedJsonException {
        expect("\"");
        StringBuilder letters = new StringBuilder();
        for (char letter = next(); letter != '"'; letter = next()) {
            if (letter < ' ') {
                throw malformed("a control character stands in a string");
            }
            letters.append(letter == '\\' ? escaped() : letter);
        }
        requirePairs(letters);
        return letters.toString();
    }

    private char escaped() throws MalformedJsonException {
        char letter = next();
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw malformed("an unknown escape stands in a string");
        };
    }

    private char codeUnit() throws MalformedJsonException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = unit << 4 | hexDigit(next());
        }
        return (char) unit;
    }

    private int hexDigit(char letter) throws MalformedJsonException {
        // Not Character.digit alone: it knows the digits of every script.
        if (letter > 'f' || Character.digit(letter, 16) < 0) {
            throw malformed("an unknown escape stands in a string");
        }
        return Character.digit(letter, 16);
    }

    /** Decoding has seen to the raw letters; only escapes can still leave half a surrogate pair. */
    private void requirePairs(StringBuilder letters) throws MalformedJsonException {
        for (int i = 0; i < letters.length(); i++) {
            if (Character.isSurrogate(letters.charAt(i))) {
                if (i + 1 == letters.length() || !Character.isSurrogatePair(letters.charAt(i), letters.charAt(i + 1))) {
                    throw malformed("half a surrogate pair stands in a string");
                }
                i++;
            }
        }
    }

    private boolean comma() throws MalformedJsonException {
        skipSpace();
        if (peek() != ',') {
            return false;
        }
        at++;
        return true;
    }

    private void enter() throws MalformedJsonException {
        if (++depth > MAX_DEPTH) {
            throw malformed("it is nested too deeply");
        }
    }

    private void expect(String literal) throws MalformedJsonException {
        if (!text.startsWith(literal, at)) {
            throw malformed("'" + literal + "' was expected");
        }
        at += literal.length();
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws MalformedJsonException {
        if (at == text.length()) {
            throw malformed("it breaks off");
        }
        return text.charAt(at);
    }

    private char next() throws MalformedJsonException {
        char letter = peek();
        at++;
        return letter;
    }

    private MalformedJsonException malformed(String what) {
        return new MalformedJsonException(what + ", at character " + at);
    }
}
