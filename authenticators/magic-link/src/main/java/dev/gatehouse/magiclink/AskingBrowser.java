// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.core.secret.Secret;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * The browser that asked for a link, known by a random cookie of our own.
 *
 * <p>Keycloak's login cookie alone would not do: whoever can plant a cookie (a sibling host, or a network on plain http)
 * can give a victim the login of his own browser, and would share what the victim confirms in it. A cookie with the
 * prefix {@code __Host-} can be planted by neither. Over plain http, which is for a person's own machine, it has no such
 * protection.
 */
final class AskingBrowser {

    private static final String NAME = "gatehouse-link";
    private static final String PREFIX = "__Host-";

    private AskingBrowser() {}

    /** The hash of the request's cookie; empty if there is none. */
    static Optional<String> markOf(KeycloakSession session) {
        @Nullable
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(name(session));
        return Optional.ofNullable(cookie)
                .flatMap(given -> Secret.parse(given.getValue()))
                .map(Secret::hash);
    }

    /** As {@link #markOf}, but gives the browser a cookie where it has none. */
    static String mark(KeycloakSession session, Supplier<Secret> secrets) {
        return markOf(session).orElseGet(() -> {
            Secret secret = secrets.get();
            session.getContext()
                    .getHttpResponse()
                    .setCookieIfAbsent(new NewCookie.Builder(name(session))
                            .value(secret.reveal())
                            .path("/")
                            .httpOnly(true)
                            .secure(isSecure(session))
                            // Sent when a mail's link is followed, never with a form of another site.
                            .sameSite(NewCookie.SameSite.LAX)
                            .build());
            return secret.hash();
        });
    }

    private static String name(KeycloakSession session) {
        return isSecure(session) ? PREFIX + NAME : NAME;
    }

    private static boolean isSecure(KeycloakSession session) {
        return "https"
                .equals(session.getContext()
                        .getUri(UrlType.FRONTEND)
                        .getBaseUri()
                        .getScheme());
    }
}
