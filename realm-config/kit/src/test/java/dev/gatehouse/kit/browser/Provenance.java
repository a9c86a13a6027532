// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: it decides which cookies go along and what the server is told about it.
 *
 * @param from the page that holds the link or form; none when a person typed the address or clicked in a mail program
 * @param hidesOrigin the page asked for {@code no-referrer}, and then a form post has the origin {@code null}
 */
record Provenance(@Nullable URI from, boolean hidesOrigin) {

    static final Provenance TYPED = new Provenance(null, false);

    static Provenance page(URI uri) {
        return new Provenance(uri, false);
    }

    boolean lets(Cookie.SameSite sameSite, String method, URI to) {
        return switch (sameSite) {
            case STRICT -> !isCrossSite(to);
            case LAX -> !isCrossSite(to) || method.equals("GET") || method.equals("HEAD");
            case NONE -> true;
        };
    }

    boolean isCrossSite(URI to) {
        return from != null && !Addresses.host(from).equals(Addresses.host(to));
    }

    /** The value of {@code Origin}; none for a request that does not carry it. */
    @Nullable
    String origin(String method) {
        if (from == null || method.equals("GET") || method.equals("HEAD")) {
            return null;
        }
        return hidesOrigin ? "null" : Addresses.origin(from);
    }

    /** The value of {@code Sec-Fetch-Site}. */
    String fetchSite(URI to) {
        if (from == null) {
            return "none";
        }
        if (isCrossSite(to)) {
            return "cross-site";
        }
        return Addresses.origin(from).equalsIgnoreCase(Addresses.origin(to)) ? "same-origin" : "same-site";
    }
}
