// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.cookie;

import java.time.Duration;
import java.util.Optional;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * A cookie that only this server can give a browser, and no script can read.
 *
 * <p>With the prefix {@code __Host-} it can be planted neither by a sibling host nor by a network on plain http. Over
 * plain http, which is for a person's own machine, it has no such protection. It is sent when a link is followed, never
 * with a form of another site.
 */
public final class HostCookie {

    private static final String PREFIX = "__Host-";

    private final String name;

    /** A cookie with this name, which does not have the prefix. */
    public HostCookie(String name) {
        this.name = name;
    }

    /** What the request's browser sends, unchecked. */
    public Optional<String> read(KeycloakSession session) {
        @Nullable
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(fullName(session));
        return Optional.ofNullable(cookie).map(Cookie::getValue);
    }

    /** Gives the browser {@code value} until it is closed. */
    public void give(KeycloakSession session, String value) {
        give(session, value, NewCookie.DEFAULT_MAX_AGE);
    }

    /** Gives the browser {@code value} for as long as {@code life}. */
    public void give(KeycloakSession session, String value, Duration life) {
        give(session, value, Math.toIntExact(life.toSeconds()));
    }

    private void give(KeycloakSession session, String value, int maxAge) {
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(fullName(session))
                        .value(value)
                        .path("/")
                        .maxAge(maxAge)
                        .httpOnly(true)
                        .secure(isSecure(session))
                        .sameSite(NewCookie.SameSite.LAX)
                        .build());
    }

    private String fullName(KeycloakSession session) {
        return isSecure(session) ? PREFIX + name : name;
    }

    private static boolean isSecure(KeycloakSession session) {
        return "https"
                .equals(session.getContext()
                        .getUri(UrlType.FRONTEND)
                        .getBaseUri()
                        .getScheme());
    }
}
