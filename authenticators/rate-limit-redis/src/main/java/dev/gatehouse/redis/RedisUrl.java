// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where Redis is. It holds no secret: user and password are options of their own, so that this one can be shown.
 *
 * @param tls whether to talk TLS
 * @param host a name or an address; an IPv6 address without brackets
 * @param port from 1 to 65535
 * @param database from 0
 */
record RedisUrl(boolean tls, String host, int port, int database) {

    /** What {@link #parse} accepts, as a phrase that can follow "must be". */
    static final String RANGE =
            "redis:// or rediss://, a host, and if need be a port and the number of a database, such "
                    + "as rediss://redis.example.org:6379/0";

    private static final int DEFAULT_PORT = 6379;

    private static final Pattern TEXT = Pattern.compile(
            "(?<scheme>rediss?)://(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]+))(?::(?<port>\\d{1,5}))?"
                    + "(?:/(?<database>\\d{1,4})?)?");

    static Optional<RedisUrl> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String v6 = matcher.group("v6");
        RedisUrl url = new RedisUrl(
                matcher.group("scheme").equals("rediss"),
                v6 != null ? v6 : matcher.group("name"),
                number(matcher.group("port"), DEFAULT_PORT),
                number(matcher.group("database"), 0));
        return url.port >= 1 && url.port <= 65_535 ? Optional.of(url) : Optional.empty();
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** Host and port, as messages name them. */
    String place() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + place() + "/" + database;
    }
}
