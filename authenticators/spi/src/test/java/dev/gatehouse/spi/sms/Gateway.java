// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A gateway that keeps what it is asked and answers what a test told it to; 200 once that is used up. */
final class Gateway implements AutoCloseable {

    /** One request as it came. */
    record Request(String method, String uri, Headers headers, String body, InetSocketAddress from) {

        String header(String name) {
            return String.join("|", headers.getOrDefault(name, List.of()));
        }
    }

    /** What is answered. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    Gateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRemoteAddress()));
        Answer answer = answers.poll();
        (answer == null ? status(200) : answer).to(exchange);
    }

    /** Answers with {@code code} and some words. */
    static Answer status(int code) {
        return exchange -> {
            byte[] body = "what the gateway says about +4915123456789".getBytes(StandardCharsets.UTF_8);
            if (code >= 300 && code < 400) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    /** Never answers. */
    static Answer silence() {
        return exchange -> {};
    }

    /** Closes the connection instead. */
    static Answer hangUp() {
        return exchange -> {
            throw new IOException("no");
        };
    }

    void answers(Answer... next) {
        answers.addAll(List.of(next));
    }

    List<Request> requests() {
        return requests;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/messages";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
