// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** How a gateway wants to be told what to send. */
enum BodyKind {
    JSON("application/json", "{\"to\":\"{to}\",\"text\":\"{text}\"}") {
        @Override
        String escape(String value) {
            StringBuilder escaped = new StringBuilder();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    escaped.append('\\').append(c);
                } else if (c < ' ' || Character.isSurrogate(c) || c == '\u007f' || c == '\u2028' || c == '\u2029') {
                    escaped.append(String.format("\\u%04x", (int) c));
                } else {
                    escaped.append(c);
                }
            }
            return escaped.toString();
        }
    },
    FORM("application/x-www-form-urlencoded", "to={to}&text={text}") {
        @Override
        String escape(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    };

    /** What {@link #parse} accepts, as a phrase that can follow "must be". */
    static final String RANGE = "application/json or application/x-www-form-urlencoded";

    private final String mediaType;
    private final String template;

    BodyKind(String mediaType, String template) {
        this.mediaType = mediaType;
        this.template = template;
    }

    static Optional<BodyKind> parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.mediaType.equals(text))
                .findFirst();
    }

    /** Makes {@code value} mean itself inside a value of this kind: inside the quotes of a text, between = and &. */
    abstract String escape(String value);

    /** The body where none is set. */
    String template() {
        return template;
    }

    @Override
    public String toString() {
        return mediaType;
    }
}
