// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.hostname;

import java.net.URI;
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
        if (isFixed(session)) {
            return Optional.of(base);
        }
        @Nullable String host = base.getHost();
        // A host that Java takes for none, such as one with an underscore, is not a loopback one either.
        if (host == null || !LOOPBACK.contains(host)) {
            LOG.errorf(
                    "No link is sent in realm %s: set the server's hostname option, or the realm's frontend URL; "
                            + "without it a request decides where links lead",
                    session.getContext().getRealm().getName());
            return Optional.empty();
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn("Links lead to a loopback address because the server's hostname option is not set");
        }
        return Optional.of(base);
    }

    private static boolean isFixed(KeycloakSession session) {
        return present(session.getContext().getRealm().getAttribute("frontendUrl"))
                || present(Config.scope("hostname", "v2").get("hostname"));
    }

    private static boolean present(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
