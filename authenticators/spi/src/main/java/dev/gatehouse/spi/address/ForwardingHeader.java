// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.core.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A header in which each proxy on the way writes down who sent it the request: the client first, then proxy after proxy.
 * Only what the last ones wrote can be believed; all before it is text that the client may have sent along.
 */
enum ForwardingHeader {
    /** One address an entry, with or without a port. */
    X_FORWARDED_FOR("X-Forwarded-For", false) {
        @Override
        Optional<IpAddress> sender(String entry) {
            return node(entry);
        }
    },

    /** RFC 7239: pairs of names and values an entry; {@code for} names the sender. */
    FORWARDED("Forwarded", true) {
        @Override
        Optional<IpAddress> sender(String entry) {
            return valueOfFor(entry).flatMap(ForwardingHeader::node);
        }
    };

    /** An address in brackets and a port, or a whole entry of {@link #FORWARDED}; what is longer was written to harm. */
    private static final int LONGEST_ENTRY = 500;

    private static final Pattern NODE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    /** A name and a token or a quoted text, or nothing. */
    private static final Pattern PAIR =
            Pattern.compile("[ \\t]*(?:([A-Za-z0-9_-]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\",; \\t]+))[ \\t]*)?");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private final String text;
    private final boolean quotes;

    ForwardingHeader(String text, boolean quotes) {
        this.text = text;
        this.quotes = quotes;
    }

    /** The header's name. */
    String text() {
        return text;
    }

    /**
     * Who sent the request to the last proxy, to the one before it, and so on.
     *
     * @param lines all lines of the header, in the order in which they came
     * @param most how many entries are looked at
     * @return one address for each entry; empty where an entry names none
     */
    List<Optional<IpAddress>> lastFirst(List<String> lines, int most) {
        return entries(lines, most).stream()
                .map(entry -> entry.length() > LONGEST_ENTRY ? Optional.<IpAddress>empty() : sender(entry))
                .toList();
    }

    abstract Optional<IpAddress> sender(String entry);

    /**
     * The entries, the last one first. They are cut from the end on: a quote that is never closed, somewhere in what the
     * client sent along, cannot swallow what a proxy wrote after it.
     */
    private List<String> entries(List<String> lines, int most) {
        List<String> entries = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0 && entries.size() < most; i--) {
            String line = lines.get(i);
            int end = line.length();
            boolean quoted = false;
            for (int at = end - 1; at >= 0 && entries.size() < most; at--) {
                char c = line.charAt(at);
                if (quotes && c == '"' && !isEscaped(line, at)) {
                    quoted = !quoted;
                } else if (c == ',' && !quoted) {
                    entries.add(line.substring(at + 1, end).trim());
                    end = at;
                }
            }
            if (entries.size() < most) {
                entries.add(line.substring(0, end).trim());
            }
        }
        return entries;
    }

    private static boolean isEscaped(String line, int at) {
        int slashes = 0;
        while (slashes < at && line.charAt(at - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** An address, in brackets or not, with a port or not. Names, {@code unknown} and hidden ones are none. */
    private static Optional<IpAddress> node(String node) {
        Matcher matcher = NODE.matcher(node);
        if (!matcher.matches()) {
            return IpAddress.parse(node);
        }
        @Nullable String bracketed = matcher.group(1);
        return bracketed == null
                ? IpAddress.parse(matcher.group(2))
                : IpAddress.parse(bracketed).filter(address -> bracketed.indexOf(':') >= 0);
    }

    /** Empty also for an entry that says it twice, or that breaks the rules in any other way. */
    private static Optional<String> valueOfFor(String entry) {
        Matcher pair = PAIR.matcher(entry);
        @Nullable String value = null;
        int at = 0;
        while (pair.region(at, entry.length()).lookingAt()) {
            if ("for".equalsIgnoreCase(pair.group(1))) {
                if (value != null) {
                    return Optional.empty();
                }
                value = pair.group(2) == null
                        ? pair.group(3)
                        : ESCAPED.matcher(pair.group(2)).replaceAll("$1");
            }
            at = pair.end();
            if (at == entry.length()) {
                return Optional.ofNullable(value);
            }
            if (entry.charAt(at) != ';') {
                return Optional.empty();
            }
            at++;
        }
        return Optional.empty();
    }
}
