// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands between an administrator's tool and the server: notes what is written, and lets one write fail. */
final class AdminProxy implements AutoCloseable {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final URI server;
    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile int failing = Integer.MAX_VALUE;

    private AdminProxy(URI server, HttpServer proxy) {
        this.server = server;
        this.proxy = proxy;
    }

    static AdminProxy to(URI server) {
        try {
            HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            AdminProxy admin = new AdminProxy(server, proxy);
            proxy.createContext("/", admin::handle);
            proxy.setExecutor(admin.threads);
            proxy.start();
            return admin;
        } catch (IOException e) {
            throw new UncheckedIOException("No proxy could be started", e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
    }

    /** Method and path of every request that can write below {@code /admin}, in order, the one that failed included. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    /** Forgets what was written, and lets the nth write from now fail before the server sees it. */
    void failAt(int nth) {
        writes.clear();
        failing = nth;
    }

    /** Forgets what was written, and lets everything pass. */
    void clear() {
        failAt(Integer.MAX_VALUE);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            URI uri = exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean write = !READS.contains(method) && uri.getRawPath().startsWith("/admin/");
            if (write) {
                writes.add(method + " " + uri.getRawPath());
            }
            if (write && writes.size() == failing) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + uri.toString()))
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
            for (String name : List.of("Authorization", "Content-Type", "Accept")) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            answer(exchange, request.build());
        }
    }

    private void answer(HttpExchange exchange, HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().firstValue("Location").ifPresent(location -> exchange.getResponseHeaders()
                    .set("Location", location));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.sendResponseHeaders(502, -1);
        }
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }
}
