// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A path below the server's address, with every segment encoded: what stands in a name cannot lead elsewhere.
 *
 * @param text as it goes into the request
 */
public record AdminPath(String text) {

    /** Of the Admin REST API: {@code of("realms", realm, "clients")}. */
    public static AdminPath of(String... segments) {
        return new AdminPath("/admin").then(segments);
    }

    /** What anybody may read of a realm: {@code ofRealm(realm, "protocol", "openid-connect", "certs")}. */
    public static AdminPath ofRealm(String realm, String... segments) {
        return new AdminPath("/realms").then(realm).then(segments);
    }

    /** Further down. */
    public AdminPath then(String... segments) {
        return new AdminPath(text
                + Arrays.stream(segments).map(segment -> "/" + encoded(segment)).collect(Collectors.joining()));
    }

    /** With a parameter. */
    public AdminPath with(String name, String value) {
        return new AdminPath(text + (text.contains("?") ? "&" : "?") + encoded(name) + "=" + encoded(value));
    }

    private static String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        // What the encoder leaves alone, and what every client and server takes for "here" and "up".
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }
}
