// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The headers that a gateway wants. Their values can hold secrets, so only their names are shown. */
final class GatewayHeaders {

    private static final String SECRET = "secret";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`~-]+");
    private static final Pattern VALUE = Pattern.compile("[ -~]+");

    /** Those that the client or another option sets. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-length",
            "content-type",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    private record Line(String name, Template value) {}

    /** One header as it is sent. */
    record Header(String name, String value) {

        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Line> lines;

    private GatewayHeaders(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * Reads lines such as {@code Authorization: Bearer {secret}} with vertical bars between them.
     *
     * @throws IllegalArgumentException with a clause that shows no value
     */
    static GatewayHeaders parse(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.isBlank() ? new String[0] : text.split("\\|", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (!NAME.matcher(name).matches() || !isValue(value)) {
                throw new IllegalArgumentException(
                        "must be headers such as \"Name: value\" in plain ASCII, with a vertical bar between two");
            }
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("must not hold " + name + ", which is not for an option to set");
            }
            lines.add(new Line(name, Template.parse(value, Set.of(SECRET))));
        }
        return new GatewayHeaders(List.copyOf(lines));
    }

    /** Whether {@code text} can stand in a header and end nothing. */
    static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    boolean needSecret() {
        return lines.stream().anyMatch(line -> line.value().has(SECRET));
    }

    /** The headers with {@code secret}, which {@link #isValue}, where they want it. */
    List<Header> with(String secret) {
        return lines.stream()
                .map(line -> new Header(line.name(), line.value().fill(name -> secret)))
                .toList();
    }

    @Override
    public String toString() {
        return lines.stream().map(Line::name).collect(Collectors.joining(", "));
    }
}
