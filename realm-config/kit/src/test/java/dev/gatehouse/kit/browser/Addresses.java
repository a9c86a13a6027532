// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a browser has to know about addresses. */
final class Addresses {

    private Addresses() {}

    static String host(URI uri) {
        return Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
    }

    static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Browsers treat the loop-back as secure, whatever the scheme. */
    static boolean isTrustworthy(URI uri) {
        String host = host(uri);
        return "https".equalsIgnoreCase(uri.getScheme())
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || (host.startsWith("127.") && isIpAddress(host))
                || host.equals("[::1]");
    }

    static boolean isIpAddress(String host) {
        return host.startsWith("[") || host.matches("[0-9]+(\\.[0-9]+){3}");
    }

    static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** {@link URI#resolve} drops the last step of the path for a reference that is only a query; browsers do not. */
    static URI resolve(URI base, String reference) {
        String trimmed = reference.trim();
        try {
            if (trimmed.isEmpty() || trimmed.startsWith("?") || trimmed.startsWith("#")) {
                String end = trimmed.startsWith("?") || base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
                return new URI(origin(base) + path(base) + end + trimmed);
            }
            return base.resolve(new URI(trimmed));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(base + " leads to an address that cannot be read: " + reference, e);
        }
    }

    static String encode(List<Map.Entry<String, String>> fields) {
        return fields.stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static URI withQuery(URI uri, String query) {
        return URI.create(origin(uri) + path(uri) + "?" + query);
    }

    static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }
}
