// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.kit.mail.Boxes;

/** A gateway on 127.0.0.1 that takes every text message, says that it cannot, or is away. */
final class SmsGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A request for one message, as it came. */
    record Message(String authorization, String to, String text) {

        private static final Pattern LINK = Pattern.compile("http://\\S+");

        String code() {
            return text.substring(0, text.indexOf(' '));
        }

        URI link() {
            Matcher matcher = LINK.matcher(text);
            if (!matcher.find()) {
                throw new AssertionError("No link in a text message");
            }
            return URI.create(matcher.group());
        }
    }

    private final Boxes<Message> messages = new Boxes<>();
    private final int port;
    private int status = 202;
    private HttpServer server;

    private SmsGateway(int wantedPort) {
        server = listen(wantedPort);
        port = server.getAddress().getPort();
    }

    static SmsGateway start() {
        return new SmsGateway(0);
    }

    private HttpServer listen(int at) {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            listening.createContext("/messages", this::take);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException("There can be no gateway", e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/messages");
    }

    /** What every request is answered from now on. */
    synchronized void answer(int newStatus) {
        status = newStatus;
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        JsonNode body = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String number = body.get("to").asText();
        messages.add(
                number,
                new Message(
                        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), ""),
                        number,
                        body.get("text").asText()));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Every request so far for a number, taken or refused. */
    List<Message> all(String number) {
        return messages.of(number);
    }

    /** The next message to a number, which is given out once. */
    Message next(String number) {
        Message message = messages.next(number, PATIENCE);
        if (message == null) {
            throw new AssertionError("No text message to " + number);
        }
        return message;
    }

    void assertNoneWithin(String number, Duration time) {
        if (messages.next(number, time) != null) {
            throw new AssertionError("A text message to " + number + " that should not be");
        }
    }

    /** Nobody listens any more. */
    @Override
    public synchronized void close() {
        server.stop(0);
    }

    /** Is there again, and takes everything. */
    synchronized void reopen() {
        close();
        status = 202;
        server = listen(port);
    }
}
