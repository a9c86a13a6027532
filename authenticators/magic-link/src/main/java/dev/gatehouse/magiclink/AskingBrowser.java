// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.cookie.HostCookie;
import org.keycloak.models.KeycloakSession;

/**
 * The browser that asked for a link, known by a random cookie of our own.
 *
 * <p>Keycloak's login cookie alone would not do: whoever can plant a cookie (a sibling host, or a network on plain http)
 * can give a victim the login of his own browser, and would share what the victim confirms in it.
 */
final class AskingBrowser {

    private static final HostCookie COOKIE = new HostCookie("gatehouse-link");

    private AskingBrowser() {}

    /** The hash of the request's cookie; empty if there is none. */
    static Optional<String> markOf(KeycloakSession session) {
        return COOKIE.read(session).flatMap(Secret::parse).map(Secret::hash);
    }

    /** As {@link #markOf}, but gives the browser a cookie where it has none. */
    static String mark(KeycloakSession session, Supplier<Secret> secrets) {
        return markOf(session).orElseGet(() -> {
            Secret secret = secrets.get();
            COOKIE.give(session, secret.reveal());
            return secret.hash();
        });
    }
}
