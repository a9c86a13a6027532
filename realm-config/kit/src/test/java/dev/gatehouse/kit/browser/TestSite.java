// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A site of fixed answers that remembers what it was asked. */
final class TestSite implements AutoCloseable {

    /** One request as it arrived. */
    record Seen(String method, String uri, String cookie, String origin, String fetchSite, String body) {}

    private record Answer(int status, Map<String, List<String>> headers, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    TestSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The same server under another name, which is another site. */
    URI atLocalhost(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    TestSite page(String path, String html) {
        answers.put(path, new Answer(200, Map.of("Content-Type", List.of("text/html; charset=utf-8")), html));
        return this;
    }

    TestSite page(String path, String html, String header, String value) {
        answers.put(path, new Answer(200, Map.of("Content-Type", List.of("text/html"), header, List.of(value)), html));
        return this;
    }

    TestSite cookies(String path, String... setCookies) {
        answers.put(path, new Answer(200, Map.of("Set-Cookie", List.of(setCookies)), ""));
        return this;
    }

    TestSite redirect(String path, int status, String location) {
        answers.put(path, new Answer(status, Map.of("Location", List.of(location)), ""));
        return this;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    Seen last() {
        return seen.get(seen.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                header(exchange, "Cookie"),
                header(exchange, "Origin"),
                header(exchange, "Sec-Fetch-Site"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer answer =
                answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, Map.of(), "nothing here"));
        answer.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }
}
