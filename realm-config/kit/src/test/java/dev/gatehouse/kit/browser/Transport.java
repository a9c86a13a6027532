// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/** Sends one request with the cookies that go along and keeps those that come back. */
final class Transport {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of the network 10.0.0.0/8; the start is of the run's own, for a server that outlives it. */
    private static final AtomicInteger ADDRESSES = new AtomicInteger(new SecureRandom().nextInt(1 << 24));

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final CookieJar jar;
    private final String language;
    private volatile UnaryOperator<URI> route = UnaryOperator.identity();
    private volatile String from = next();

    Transport(CookieJar jar, String language) {
        this.jar = jar;
        this.language = language;
    }

    void through(UnaryOperator<URI> newRoute) {
        route = newRoute;
    }

    void from(String address) {
        from = address;
    }

    private static String next() {
        int number = ADDRESSES.incrementAndGet();
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    HttpResponse<String> send(
            String method, URI uri, @Nullable String body, Provenance provenance, Map<String, String> headers) {
        URI address = Addresses.withoutFragment(uri);
        URI target = route.apply(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", language)
                .header("User-Agent", "Mozilla/5.0 (Gatehouse journey)")
                .header("Sec-Fetch-Site", provenance.fetchSite(uri))
                .header("X-Forwarded-For", from);
        if (!target.equals(address)) {
            request.header("Host", address.getRawAuthority());
        }
        String cookies = jar.header(uri, method, provenance);
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        String origin = provenance.origin(method);
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded");
            request.method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            jar.store(response.headers().allValues("Set-Cookie"), uri);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + method + " " + uri + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in " + method + " " + uri, e);
        }
    }
}
