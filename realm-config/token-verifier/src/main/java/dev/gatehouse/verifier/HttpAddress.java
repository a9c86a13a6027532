// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The three kinds of address in the settings, each with its own rules. Whatever breaks one is named with its value. */
final class HttpAddress {

    private HttpAddress() {}

    /** An issuer is compared letter for letter, so it has to be written in the one way that Keycloak writes it. */
    static String issuer(String text) {
        URI uri = secure("issuer", text);
        require(uri.getRawQuery() == null, "issuer", text, "must have no query");
        require(!text.endsWith("/"), "issuer", text, "must not end with a slash");
        return text;
    }

    static URI keySet(URI address) {
        return secure("JWKS URI", address.toString());
    }

    /** An origin as browsers send it (RFC 6454, section 6.1). */
    static String origin(String text) {
        URI uri = secure("origin", text);
        require(
                uri.getRawPath().isEmpty() && uri.getRawQuery() == null,
                "origin",
                text,
                "must end after the host or the port");
        require(text.equals(text.toLowerCase(Locale.ROOT)), "origin", text, "must be in lower case");
        int standardPort = uri.getScheme().equals("https") ? 443 : 80;
        require(uri.getPort() != standardPort, "origin", text, "must leave the standard port out, as browsers do");
        return text;
    }

    /** RFC 8414, section 2 asks for https. On one's own machine there is nobody in between. */
    private static URI secure(String name, String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name + " " + Quoted.of(text) + " must be a URI", e);
        }
        boolean https = "https".equals(uri.getScheme());
        require(https || "http".equals(uri.getScheme()), name, text, "must start with https://");
        require(uri.getHost() != null, name, text, "must name a host");
        require(
                https || isLoopback(uri.getHost()),
                name,
                text,
                "must start with https:// (http is for loopback hosts)");
        require(uri.getRawUserInfo() == null, name, text, "must have no user name");
        require(uri.getRawFragment() == null, name, text, "must have no fragment");
        require(text.equals(uri.toASCIIString()), name, text, "must be in ASCII");
        return uri;
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost") || host.equals("[::1]")) {
            return true;
        }
        boolean numeric = host.startsWith("127.");
        for (int i = 0; i < host.length(); i++) {
            numeric &= "0123456789.".indexOf(host.charAt(i)) >= 0;
        }
        return numeric;
    }

    private static void require(boolean rule, String name, String text, String what) {
        if (!rule) {
            throw new IllegalArgumentException(name + " " + Quoted.of(text) + " " + what);
        }
    }
}
