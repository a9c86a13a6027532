// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The cookies of one browser; safe for several threads, which are several tabs. */
final class CookieJar {

    private final InstantSource clock;
    private final boolean keeps;
    private final List<Cookie> cookies = new ArrayList<>();

    CookieJar(InstantSource clock) {
        this(clock, true);
    }

    private CookieJar(InstantSource clock, boolean keeps) {
        this.clock = clock;
        this.keeps = keeps;
    }

    /** The jar of a machine that follows links and keeps nothing. */
    static CookieJar withoutBottom() {
        return new CookieJar(InstantSource.system(), false);
    }

    synchronized void store(List<String> setCookies, URI from) {
        Instant now = clock.instant();
        for (String header : keeps ? setCookies : List.<String>of()) {
            Cookie.parse(header, from, now).ifPresent(cookie -> put(cookie, from, now));
        }
    }

    /** What goes into the {@code Cookie} header; empty for none. */
    synchronized String header(URI to, String method, Provenance provenance) {
        Instant now = clock.instant();
        return cookies.stream()
                .filter(cookie -> cookie.goesTo(to, now))
                .filter(cookie -> provenance.lets(cookie.sameSite(), method, to))
                // The sort is stable: among equal paths the older cookie stays first.
                .sorted(Comparator.comparingInt(cookie -> -cookie.path().length()))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    synchronized List<Cookie> all() {
        Instant now = clock.instant();
        return cookies.stream().filter(cookie -> cookie.expires().isAfter(now)).toList();
    }

    synchronized void plant(Cookie cookie) {
        cookies.add(cookie);
    }

    synchronized void clear() {
        cookies.clear();
    }

    private void put(Cookie cookie, URI from, Instant now) {
        for (int i = 0; i < cookies.size(); i++) {
            Cookie old = cookies.get(i);
            if (!cookie.isSameSlotAs(old)) {
                continue;
            }
            if (old.secure() && !Addresses.isTrustworthy(from)) {
                return;
            }
            // A cookie that is replaced keeps its place in the order.
            if (cookie.expires().isAfter(now)) {
                cookies.set(i, cookie);
            } else {
                cookies.remove(i);
            }
            return;
        }
        if (cookie.expires().isAfter(now)) {
            cookies.add(cookie);
        }
    }
}
