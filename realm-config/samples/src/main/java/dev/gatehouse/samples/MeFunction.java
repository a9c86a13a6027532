// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.verifier.Challenge;
import dev.gatehouse.verifier.Request;
import dev.gatehouse.verifier.TokenRefusedException;
import dev.gatehouse.verifier.TokenVerifier;
import dev.gatehouse.verifier.VerifiedToken;

/**
 * Tells callers who they are: {@code GET /me} answers with {@code sub}, {@code username} and {@code roles} of a good token.
 *
 * <p>Runs in the process that starts it, on the loopback interface, until it is closed.
 */
public final class MeFunction implements AutoCloseable {

    private static final String PATH = "/me";
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final TokenVerifier verifier;
    private final Set<String> origins;
    private final Consumer<String> log;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    private MeFunction(TokenVerifier verifier, Collection<String> origins, Consumer<String> log, HttpServer server) {
        this.verifier = verifier;
        this.origins = Set.copyOf(origins);
        this.log = log;
        this.server = server;
    }

    /**
     * Starts it on 127.0.0.1.
     *
     * @param verifier decides which tokens are good
     * @param origins the origins whose pages may call it from a browser, such as {@code http://localhost:3000}
     * @param port the port to listen on; 0 for any that is free
     * @param log gets one line for each request that is refused, never with a token in it
     * @throws IOException when it cannot listen there, because the port is in use for instance
     */
    public static MeFunction start(TokenVerifier verifier, Collection<String> origins, int port, Consumer<String> log)
            throws IOException {
        InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        MeFunction function = new MeFunction(verifier, origins, log, server);
        server.createContext("/", function::handle);
        server.setExecutor(function.threads);
        server.start();
        return function;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops it; requests under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            allowOrigin(exchange);
            if (!exchange.getRequestURI().getRawPath().equals(PATH)) {
                answer(exchange, 404, "");
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> tellWho(exchange);
                case "OPTIONS" -> preflight(exchange);
                default -> {
                    exchange.getResponseHeaders().set("Allow", METHODS);
                    answer(exchange, 405, "");
                }
            }
        }
    }

    /** All that a function has to do with a token. */
    private void tellWho(HttpExchange exchange) throws IOException {
        try {
            Request request = Request.of(exchange.getRequestMethod(), exchange.getRequestHeaders());
            VerifiedToken token = verifier.verifyRequest(request);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer(exchange, 200, json(token));
        } catch (TokenRefusedException refused) {
            log.accept(exchange.getRequestMethod() + " " + PATH + " refused: " + refused.getMessage());
            Challenge challenge = refused.challenge();
            challenge.headers().forEach(exchange.getResponseHeaders()::set);
            answer(exchange, challenge.status(), "");
        }
    }

    private static String json(VerifiedToken token) {
        List<String> roles = new ArrayList<>(token.roles());
        roles.sort(Comparator.naturalOrder());
        return new JsonText()
                .open('{')
                .name("sub")
                .text(token.subject())
                .name("username")
                .text(token.username().orElse(null))
                .name("roles")
                .texts(roles)
                .close('}')
                .toString();
    }

    /** A page of another origin reads an answer only if that origin is named in it (the Fetch standard, section 3.3). */
    private void allowOrigin(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Vary", "Origin");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && origins.contains(origin)) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
            exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After");
        }
    }

    /** The browser's question whether the page may send an {@code Authorization} header. It comes without a token. */
    private static void preflight(HttpExchange exchange) throws IOException {
        if (exchange.getResponseHeaders().containsKey("Access-Control-Allow-Origin")) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Methods", METHODS);
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Authorization");
            exchange.getResponseHeaders().set("Access-Control-Max-Age", "600");
        }
        exchange.getResponseHeaders().set("Allow", METHODS);
        answer(exchange, 204, "");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // -1 is this server's way to say that no body follows.
        boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
