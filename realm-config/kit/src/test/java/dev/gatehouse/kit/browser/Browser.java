// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * One person's browser. {@code anna.open(uri).form().fill("Email", "a@b.c").press("Send")} is what she does.
 *
 * <p>Pages are fetched anew each time; nothing is cached. Safe for several threads.
 */
public final class Browser {

    private static final int MOST_REDIRECTS = 20;

    private final CookieJar jar;
    private final Transport transport;
    private final List<String> stops = new CopyOnWriteArrayList<>();

    Browser(CookieJar jar, String language) {
        this.jar = jar;
        this.transport = new Transport(jar, language);
    }

    /** A browser that was never used, of a person who reads English. */
    public static Browser fresh() {
        return speaking("en");
    }

    /** A browser that was never used, with this {@code Accept-Language}. */
    public static Browser speaking(String language) {
        return new Browser(new CookieJar(InstantSource.system()), language);
    }

    /** A machine that looks at every link of a mail, and keeps no cookie. */
    public static Scanner scanner() {
        return new Scanner(new Browser(CookieJar.withoutBottom(), "en"));
    }

    /**
     * From now on a redirect to this address ends the way without being followed: it is the app's, and nobody may
     * listen there.
     */
    public Browser stoppingAt(String prefix) {
        stops.add(prefix);
        return this;
    }

    public Browser stoppingAt(URI prefix) {
        return stoppingAt(prefix.toString());
    }

    /**
     * From now on a request is sent where {@code route} says for its address, as by a load balancer that the browser
     * knows nothing of: pages, cookies and the Host header are those of the address.
     */
    public Browser through(UnaryOperator<URI> route) {
        transport.through(route);
        return this;
    }

    /**
     * From now on the proxy in front of the server says that requests come from this network address. Every browser has
     * one of its own until then, so journeys do not spend each other's budgets.
     */
    public Browser from(String address) {
        transport.from(address);
        return this;
    }

    /** As if typed into the address bar, or clicked in a mail program. */
    public Page open(URI uri) {
        return go("GET", uri, null, Provenance.TYPED);
    }

    public Page open(String uri) {
        return open(URI.create(uri));
    }

    /** The same as {@link #open}; reads better where a script would ask. */
    public Page get(URI uri) {
        return open(uri);
    }

    /** As a form of the same origin would; redirects are followed. */
    public Page post(URI uri, Map<String, String> fields) {
        return go("POST", uri, Addresses.encode(List.copyOf(fields.entrySet())), Provenance.page(uri));
    }

    /** This person now looks at a page of somebody else's, which has links and forms to us. */
    public ForeignPage onForeignPage(String origin) {
        return new ForeignPage(this, Provenance.page(URI.create(origin)));
    }

    /** Single requests with the cookies of this browser. */
    public Requests requests() {
        return new Requests(this, Map.of());
    }

    /** All cookies that are still alive. */
    public List<Cookie> cookies() {
        return jar.all();
    }

    /** The cookie of this name; the first, if several paths have one. */
    public Optional<Cookie> cookie(String name) {
        return jar.all().stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** Puts another browser's cookie into this one, as a hostile sibling host or network can. */
    public void plant(Cookie cookie) {
        jar.plant(cookie);
    }

    public void forgetCookies() {
        jar.clear();
    }

    Page go(String method, URI uri, @Nullable String body, Provenance provenance) {
        List<Hop> hops = new ArrayList<>();
        String currentMethod = method;
        String currentBody = body;
        URI current = uri;
        while (hops.size() <= MOST_REDIRECTS) {
            HttpResponse<String> response = transport.send(currentMethod, current, currentBody, provenance, Map.of());
            int status = response.statusCode();
            hops.add(new Hop(currentMethod, current, status, response.headers()));
            Optional<String> location = response.headers().firstValue("Location");
            if (!isRedirect(status) || location.isEmpty()) {
                return new Page(this, current, response, hops, false);
            }
            current = Addresses.resolve(current, location.get());
            if (stopsAt(current)) {
                return new Page(this, current, response, hops, true);
            }
            if (becomesGet(status, currentMethod)) {
                currentMethod = "GET";
                currentBody = null;
            }
        }
        throw new IllegalStateException("More than " + MOST_REDIRECTS + " redirects: " + hops);
    }

    Page once(String method, URI uri, @Nullable String body, Map<String, String> headers) {
        HttpResponse<String> response = transport.send(method, uri, body, Provenance.page(uri), headers);
        Hop hop = new Hop(method, uri, response.statusCode(), response.headers());
        return new Page(this, uri, response, List.of(hop), false);
    }

    private boolean stopsAt(URI uri) {
        String address = uri.toString();
        return stops.stream()
                .anyMatch(stop -> address.startsWith(stop)
                        && (stop.endsWith("/")
                                || address.length() == stop.length()
                                || "/?#".indexOf(address.charAt(stop.length())) >= 0));
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static boolean becomesGet(int status, String method) {
        return status == 303 ? !method.equals("HEAD") : status < 303 && method.equals("POST");
    }
}
