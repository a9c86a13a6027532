// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A site on 127.0.0.1 that only reads. It answers to its own names only: a page of a stranger that gets its name
 * resolved to 127.0.0.1 sends that name as the host, and learns nothing here.
 */
final class LocalSite implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;

    private LocalSite(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to listen.
     *
     * @param pages gives the answer for the host and the path of a request
     */
    static LocalSite start(DemoPort port, BiFunction<String, String, Answer> pages) throws DemoRefusal {
        try {
            HttpServer server = HttpServer.create(port.address(), 0);
            ExecutorService threads = Executors.newFixedThreadPool(4, work -> {
                Thread thread = new Thread(work, "demo-site-" + port.property());
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext("/", exchange -> serve(exchange, pages));
            server.start();
            return new LocalSite(server, threads);
        } catch (IOException e) {
            throw port.refusal(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(HttpExchange exchange, BiFunction<String, String, Answer> pages) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            Answer answer = answer(exchange, head, pages);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
            exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean empty = head || body.length == 0;
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Answer answer(HttpExchange exchange, boolean head, BiFunction<String, String, Answer> pages) {
        int port = exchange.getLocalAddress().getPort();
        String host = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Host"), "");
        if (!host.equals("127.0.0.1:" + port) && !host.equals("localhost:" + port)) {
            return Answer.plain(403, "This site answers to 127.0.0.1 and localhost only.\n");
        }
        if (!head && !exchange.getRequestMethod().equals("GET")) {
            return Answer.plain(405, "There is nothing to change here.\n");
        }
        return pages.apply(host, exchange.getRequestURI().getPath());
    }
}
