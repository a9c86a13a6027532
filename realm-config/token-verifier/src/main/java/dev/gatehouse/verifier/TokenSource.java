// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Where in a request the token was. There is exactly one, or the request is refused. */
final class TokenSource {

    private static final String SCHEME = "Bearer";

    /** The prefix has browsers refuse a cookie that another host, or plain http, has set (RFC 6265bis, section 4.1.3). */
    private static final String HOST_COOKIE = "__Host-token";

    private static final String COOKIE = "token";

    private final @Nullable String token;
    private final boolean cookie;

    private TokenSource(@Nullable String token, boolean cookie) {
        this.token = token;
        this.cookie = cookie;
    }

    static TokenSource of(Request request) throws TokenRefusedException {
        String bearer = bearer(request.values("authorization"));
        List<String> cookies = request.values("cookie");
        String cookie = same("the cookies", cookie(cookies, HOST_COOKIE), cookie(cookies, COOKIE));
        // A page of another site can make a browser send a cookie, but never this header: equal ones count as the
        // header.
        return new TokenSource(same("header and cookie", bearer, cookie), bearer == null && cookie != null);
    }

    @Nullable
    String token() {
        return token;
    }

    boolean isCookie() {
        return cookie;
    }

    private static @Nullable String bearer(List<String> fields) throws TokenRefusedException {
        if (fields.size() > 1) {
            throw ambiguous("there are " + fields.size() + " Authorization fields");
        }
        if (fields.isEmpty()) {
            return null;
        }
        String field = fields.get(0);
        int space = field.indexOf(' ');
        String scheme = space < 0 ? field : field.substring(0, space);
        if (!scheme.equalsIgnoreCase(SCHEME)) {
            // Some other scheme's credentials, such as those of a proxy that guards a test site. They are not ours to
            // judge.
            return null;
        }
        int start = scheme.length();
        while (field.startsWith(" ", start)) {
            start++;
        }
        if (start == field.length()) {
            throw new TokenRefusedException(Refusal.MALFORMED, "the Authorization field has no token");
        }
        return field.substring(start);
    }

    /** The value of a cookie (RFC 6265, section 5.4), or {@code null} when it is absent or empty, as a deleted one may be. */
    private static @Nullable String cookie(List<String> fields, String name) throws TokenRefusedException {
        String found = null;
        for (String field : fields) {
            for (int start = 0; start <= field.length(); ) {
                int semicolon = field.indexOf(';', start);
                int end = semicolon < 0 ? field.length() : semicolon;
                String pair = field.substring(start, end).strip();
                if (pair.startsWith(name + "=")) {
                    if (found != null) {
                        throw ambiguous("the cookie " + name + " is there twice");
                    }
                    found = pair.substring(name.length() + 1);
                }
                start = end + 1;
            }
        }
        return found == null || found.isEmpty() ? null : found;
    }

    private static @Nullable String same(String where, @Nullable String one, @Nullable String other)
            throws TokenRefusedException {
        if (one != null && other != null && !one.equals(other)) {
            throw ambiguous("the tokens of " + where + " differ");
        }
        return one == null ? other : one;
    }

    private static TokenRefusedException ambiguous(String what) {
        return new TokenRefusedException(Refusal.AMBIGUOUS, what);
    }
}
