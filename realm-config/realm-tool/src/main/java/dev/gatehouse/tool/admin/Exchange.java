// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads its answer. Redirects are not followed: a token goes to the server that was named, only. */
final class Exchange {

    /** To make a realm takes a busy server long; a server that says nothing for so long will say nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int LONGEST_ERROR = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Exchange(URI server) {
        this.server = server;
    }

    /** What the server said. */
    record Answer(int status, String body, Optional<String> location) {

        boolean good() {
            return status >= 200 && status < 300;
        }
    }

    Answer send(String method, AdminPath path, @Nullable String token, String type, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path.text()))
                .timeout(PATIENCE)
                .method(method, body)
                .header("Accept", "application/json")
                .header("Content-Type", type);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    answer.statusCode(),
                    new String(answer.body(), StandardCharsets.UTF_8),
                    answer.headers().firstValue("Location"));
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new AdminException(
                    method, path, AdminException.NO_ANSWER, "no answer from " + server + " (" + reason + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(method, path, AdminException.NO_ANSWER, "interrupted");
        }
    }

    static JsonNode json(String method, AdminPath path, Answer answer) {
        if (!answer.good()) {
            throw failure(method, path, answer);
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AdminException(method, path, answer.status(), "the answer is not JSON; is this a Keycloak?");
        }
    }

    static AdminException failure(String method, AdminPath path, Answer answer) {
        return new AdminException(method, path, answer.status(), text(answer));
    }

    /** The server's own words, which it puts into one of three places. */
    private static String text(Answer answer) {
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return "no explanation";
        }
        for (String name : new String[] {"errorMessage", "error_description", "error"}) {
            String text = json.path(name).asText();
            if (!text.isEmpty()) {
                return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) + "…" : text;
            }
        }
        return "no explanation";
    }
}
