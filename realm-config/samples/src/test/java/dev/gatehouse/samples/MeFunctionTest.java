// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.gatehouse.verifier.Algorithm;
import dev.gatehouse.verifier.TokenVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The sample as its callers see it: a real key server, and real requests over HTTP. */
final class MeFunctionTest {

    private static final String APP = "http://localhost:3000";

    private final TestIssuer issuer = new TestIssuer();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private MeFunction function = start();

    @BeforeEach
    void forgetTheLog() {
        log.clear();
    }

    @AfterEach
    void close() {
        function.close();
        issuer.close();
    }

    private MeFunction start() {
        TokenVerifier verifier = TokenVerifier.forIssuer(issuer.url())
                .audience("gatehouse-api")
                .algorithms(Algorithm.RS256)
                .allowedOrigins(List.of(APP))
                .build();
        try {
            return MeFunction.start(verifier, List.of(APP), 0, log::add);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + function.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void tellsTheCallerWhoTheyAre() throws Exception {
        HttpResponse<String> response = send("GET", "/me", "Authorization", "Bearer " + issuer.token("ada"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"sub\":\"user-1\",\"username\":\"ada\",\"roles\":[\"clerk\",\"user\"]}");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(log).isEmpty();
    }

    @Test
    void takesTheTokenFromACookieToo() throws Exception {
        assertThat(send("GET", "/me", "Cookie", "__Host-token=" + issuer.token("ada"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void escapesWhatItSays() throws Exception {
        String name = "a\\\"b\\\\\\u0000\\n</script>\\u2028\\ud83d\\ude00";
        HttpResponse<String> response = send("GET", "/me", "Authorization", "Bearer " + issuer.token(name));

        assertThat(response.body())
                .contains("\"username\":\"a\\\"b\\\\\\u0000\\u000a\\u003c/script\\u003e\u2028\ud83d\ude00\"");
    }

    @Test
    void asksForATokenWhereThereIsNone() throws Exception {
        HttpResponse<String> response = send("GET", "/me");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer realm=\"api\"");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void refusesABadTokenAndLogsWhy() throws Exception {
        HttpResponse<String> response =
                send("GET", "/me", "Authorization", "Bearer " + issuer.tokenFor("another-api", "ada"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(log).singleElement().asString().startsWith("GET /me refused: WRONG_AUDIENCE");
    }

    @Test
    void refusesTwoTokensThatDiffer() throws Exception {
        assertThat(send("GET", "/me", "Authorization", "Bearer " + issuer.token("ada"), "Cookie", "token=x")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void asksForPatienceWithoutKeys() throws Exception {
        issuer.goDown();
        HttpResponse<String> response = send("GET", "/me", "Authorization", "Bearer " + issuer.token("ada"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/me/", "/me/x", "/ME", "/mee", "/orders", "//me"})
    void knowsNoOtherPath(String path) throws Exception {
        assertThat(send("GET", path, "Authorization", "Bearer " + issuer.token("ada"))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "FOO"})
    void allowsNoOtherMethod(String method) throws Exception {
        HttpResponse<String> response = send(method, "/me", "Authorization", "Bearer " + issuer.token("ada"));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpResponse<String> response = send("HEAD", "/me", "Authorization", "Bearer " + issuer.token("ada"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void letsTheAppsPageCall() throws Exception {
        HttpResponse<String> preflight = send(
                "OPTIONS",
                "/me",
                "Origin",
                APP,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(header(preflight, "Access-Control-Allow-Headers")).isEqualTo("Authorization");
        assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("GET");

        HttpResponse<String> call = send("GET", "/me", "Origin", APP, "Authorization", "Bearer " + issuer.token("ada"));
        assertThat(call.statusCode()).isEqualTo(200);
        assertThat(header(call, "Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(header(call, "Vary")).isEqualTo("Origin");
        assertThat(call.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();

        HttpResponse<String> refused = send("GET", "/me", "Origin", APP);
        assertThat(header(refused, "Access-Control-Allow-Origin"))
                .as("so that it can read the status")
                .isEqualTo(APP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3001",
                "https://localhost:3000",
                "http://localhost:3000.evil.example",
                "null",
                "*"
            })
    void letsNoOtherPageCall(String origin) throws Exception {
        HttpResponse<String> preflight = send(
                "OPTIONS",
                "/me",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .isEmpty();
    }

    @Test
    void stopsWhenItIsClosedAndFreesThePort() throws Exception {
        int port = function.port();
        function.close();
        TokenVerifier verifier = TokenVerifier.forIssuer(issuer.url())
                .audience("a")
                .algorithms(Algorithm.RS256)
                .build();
        function = MeFunction.start(verifier, List.of(), port, log::add);

        assertThat(function.port()).isEqualTo(port);
    }
}
