// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The claims of a token whose signature is good, read by kind. A claim that is {@code null} is one that is absent. */
final class Claims {

    /** The last second of the year 9999: later ones are mistakes, and the calendar of other software ends there. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253402300799L);

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private final Map<String, @Nullable Object> values;

    private Claims(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    static Claims parse(byte[] json) throws TokenRefusedException {
        try {
            return new Claims(StrictJson.object(json));
        } catch (MalformedJsonException e) {
            throw new TokenRefusedException(Refusal.MALFORMED, "its payload is not sound JSON: " + e.getMessage());
        }
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    String text(String name) throws TokenRefusedException {
        String text = optionalText(name);
        if (text == null || text.isEmpty()) {
            throw bad(name, "is missing or empty");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) throws TokenRefusedException {
        Object value = values.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw bad(name, "is not a text");
    }

    /** An array of texts; empty when the claim is absent. */
    List<String> texts(String name) throws TokenRefusedException {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> elements)) {
            throw bad(name, "is not an array");
        }
        List<String> texts = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof String text)) {
                throw bad(name, "holds something that is not a text");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** RFC 7519, section 4.1.3: one text, or an array of them. */
    List<String> textOrTexts(String name) throws TokenRefusedException {
        return values.get(name) instanceof String text ? List.of(text) : texts(name);
    }

    Instant instant(String name) throws TokenRefusedException {
        Instant instant = optionalInstant(name);
        if (instant == null) {
            throw bad(name, "is missing");
        }
        return instant;
    }

    /** A NumericDate (RFC 7519, section 2): seconds since 1970, fractions allowed. */
    @Nullable
    Instant optionalInstant(String name) throws TokenRefusedException {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof BigDecimal seconds)) {
            throw bad(name, "is not a number");
        }
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw bad(name, "is no time between 1970 and 9999");
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
        BigDecimal nanos = seconds.subtract(whole).multiply(NANOS);
        return Instant.ofEpochSecond(whole.longValue(), nanos.longValue());
    }

    static TokenRefusedException bad(String name, String what) {
        return new TokenRefusedException(Refusal.BAD_CLAIM, "its claim '" + name + "' " + what);
    }
}
