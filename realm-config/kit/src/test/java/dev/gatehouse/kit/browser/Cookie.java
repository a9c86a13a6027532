// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One cookie as a browser holds it.
 *
 * @param expires {@link Instant#MAX} for a cookie that lives as long as the browser
 */
public record Cookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        Instant expires,
        boolean secure,
        boolean httpOnly,
        SameSite sameSite) {

    /** Where a cookie goes along. One that says nothing is {@code LAX}, as Chromium has it. */
    public enum SameSite {
        STRICT,
        LAX,
        NONE
    }

    private static final Pattern DATE =
            Pattern.compile("(\\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\\d{2,4}) +(\\d{1,2}):(\\d{1,2}):(\\d{1,2})");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** Reads one {@code Set-Cookie}; empty when a browser would throw it away. */
    static Optional<Cookie> parse(String header, URI from, Instant now) {
        String[] parts = header.split(";", -1);
        int equals = parts[0].indexOf('=');
        if (equals < 1 || header.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            return Optional.empty();
        }
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            attributes.put(pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
        }
        String host = Addresses.host(from);
        String domain =
                attributes.getOrDefault("domain", "").replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
        String path = attributes.getOrDefault("path", "");
        Cookie cookie = new Cookie(
                parts[0].substring(0, equals).strip(),
                parts[0].substring(equals + 1).strip(),
                domain.isEmpty() ? host : domain,
                domain.isEmpty() || Addresses.isIpAddress(host),
                path.startsWith("/") ? path : defaultPath(from),
                expiry(attributes, now),
                attributes.containsKey("secure"),
                attributes.containsKey("httponly"),
                sameSite(attributes.getOrDefault("samesite", "")));
        return cookie.mayBeSetBy(from, !domain.isEmpty()) ? Optional.of(cookie) : Optional.empty();
    }

    boolean goesTo(URI uri, Instant now) {
        return expires.isAfter(now)
                && domainMatches(Addresses.host(uri))
                && pathMatches(Addresses.path(uri))
                && (!secure || Addresses.isTrustworthy(uri));
    }

    boolean isSameSlotAs(Cookie other) {
        return name.equals(other.name)
                && domain.equals(other.domain)
                && hostOnly == other.hostOnly
                && path.equals(other.path);
    }

    private boolean mayBeSetBy(URI from, boolean namesDomain) {
        String prefix = name.toLowerCase(Locale.ROOT);
        boolean prefixKept = prefix.startsWith("__host-")
                ? secure && !namesDomain && path.equals("/")
                : !prefix.startsWith("__secure-") || secure;
        // A domain without a dot would be a public suffix; the list of all others is not known here.
        boolean domainKept = hostOnly ? Addresses.host(from).equals(domain) : domain.contains(".");
        return prefixKept
                && domainKept
                && domainMatches(Addresses.host(from))
                && (!secure || Addresses.isTrustworthy(from))
                && (secure || sameSite != SameSite.NONE);
    }

    private boolean domainMatches(String host) {
        return host.equals(domain) || (!hostOnly && host.endsWith("." + domain) && !Addresses.isIpAddress(host));
    }

    private boolean pathMatches(String requested) {
        return requested.equals(path)
                || (requested.startsWith(path) && (path.endsWith("/") || requested.charAt(path.length()) == '/'));
    }

    private static String defaultPath(URI from) {
        String path = Addresses.path(from);
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static SameSite sameSite(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "strict" -> SameSite.STRICT;
            case "none" -> SameSite.NONE;
            default -> SameSite.LAX;
        };
    }

    /** {@code Max-Age} wins over {@code Expires}; what cannot be read is as if it were not there. */
    private static Instant expiry(Map<String, String> attributes, Instant now) {
        String maxAge = attributes.getOrDefault("max-age", "");
        if (maxAge.matches("-?[0-9]{1,12}")) {
            long seconds = Long.parseLong(maxAge);
            return seconds <= 0 ? Instant.MIN : now.plusSeconds(seconds);
        }
        Matcher date = DATE.matcher(attributes.getOrDefault("expires", ""));
        if (!date.find()) {
            return Instant.MAX;
        }
        int year = Integer.parseInt(date.group(3));
        int century = year < 70 ? 2000 : year < 100 ? 1900 : 0;
        try {
            return LocalDateTime.of(
                            century + year,
                            MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT)) + 1,
                            Integer.parseInt(date.group(1)),
                            Integer.parseInt(date.group(4)),
                            Integer.parseInt(date.group(5)),
                            Integer.parseInt(date.group(6)))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notADate) {
            return Instant.MAX;
        }
    }
}
