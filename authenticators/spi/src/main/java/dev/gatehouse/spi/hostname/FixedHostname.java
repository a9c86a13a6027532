// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.hostname;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * The base of links that are mailed. Without a fixed hostname a request's {@code Host} header decides where they lead,
 * so whoever sends the request would decide.
 */
public final class FixedHostname {

    private static final Logger LOG = Logger.getLogger(FixedHostname.class);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * The address under which browsers reach the server, or empty if a request could have chosen it. A loopback
     * address passes without a fixed hostname, with one warning for the life of this object: it leads nowhere but to
     * the reader's own machine.
     */
    public Optional<URI> baseUri(KeycloakSession session) {
        URI base = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
        if (isFixed(session, base)) {
            return Optional.of(base);
        }
        @Nullable String host = base.getHost();
        // A host that Java takes for none, such as one with an underscore, is not a loopback one either.
        if (host == null || !LOOPBACK.contains(host)) {
            LOG.errorf(
                    "No link is sent in realm %s: set the server's hostname option to a full address such as "
                            + "https://id.example.org, or the realm's frontend URL; without it a request decides where "
                            + "links lead",
                    session.getContext().getRealm().getName());
            return Optional.empty();
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn("Links lead to a loopback address because the server's hostname option is not a full address");
        }
        return Optional.of(base);
    }

    /**
     * Whether {@code base} is what was configured, as a whole. A host alone is not enough: Keycloak then takes scheme,
     * port and path from the request. Nor is a frontend URL that it cannot use: it falls back to the request.
     */
    private static boolean isFixed(KeycloakSession session, URI base) {
        Optional<String> wanted = whole(base.toString());
        return wanted.isPresent()
                && (wanted.equals(whole(session.getContext().getRealm().getAttribute("frontendUrl")))
                        || wanted.equals(whole(Config.scope("hostname", "v2").get("hostname"))));
    }

    /** Scheme, host, port and path of an absolute address, in one spelling; empty for anything else. */
    private static Optional<String> whole(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.strip());
            @Nullable String scheme = uri.getScheme();
            @Nullable String host = uri.getHost();
            if (scheme == null
                    || host == null
                    || !scheme.toLowerCase(Locale.ROOT).matches("https?")) {
                return Optional.empty();
            }
            boolean secure = scheme.equalsIgnoreCase("https");
            int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
            return Optional.of((secure ? "https://" : "http://") + host.toLowerCase(Locale.ROOT) + ":" + port + path);
        } catch (URISyntaxException e) {
            // Keycloak cannot use it either.
            return Optional.empty();
        }
    }
}
