// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdminTest {

    private static final String PASSWORD = "never-shown";
    private static final AdminPath CLIENTS = AdminPath.of("realms", "a b", "clients");

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private HttpServer server = started();
    private Admin admin = Admin.of(URI.create("http://127.0.0.1"), Login.ofUser("master", "root", PASSWORD), now::get);
    private int tokens;
    private int status = 200;
    private String body = "[]";

    private static HttpServer started() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("No port is free", e);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
        admin = Admin.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Login.ofUser("master", "root", PASSWORD),
                now::get);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean token = exchange.getRequestURI().getPath().endsWith("/token");
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                    + (token
                            ? " " + sent.replaceAll("&.*", "")
                            : " " + exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] text = (token
                            ? "{\"access_token\":\"t" + ++tokens + "\",\"expires_in\":60,\"refresh_token\":\"r\"}"
                            : body)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "http://elsewhere.example/clients/the-id");
            exchange.sendResponseHeaders(token ? 200 : status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    @Test
    void itSignsInOnceAndRenewsTheTokenBeforeItEnds() {
        admin.get(CLIENTS);
        admin.get(CLIENTS);
        now.set(Instant.EPOCH.plusSeconds(46));
        admin.get(CLIENTS);

        assertThat(requests)
                .containsExactly(
                        "POST /realms/master/protocol/openid-connect/token grant_type=password",
                        "GET /admin/realms/a%20b/clients Bearer t1",
                        "GET /admin/realms/a%20b/clients Bearer t1",
                        "POST /realms/master/protocol/openid-connect/token client_id=admin-cli",
                        "GET /admin/realms/a%20b/clients Bearer t2");
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        status = 401;
        body = "{\"error\":\"HTTP 401 Unauthorized\"}";

        assertThatThrownBy(() -> admin.get(CLIENTS))
                .isInstanceOf(AdminException.class)
                .hasMessage("GET /admin/realms/a%20b/clients answered 401: HTTP 401 Unauthorized");
        assertThat(requests.stream().filter(request -> request.startsWith("GET")))
                .hasSize(2);
    }

    @Test
    void anErrorTellsRequestStatusAndTheServersWordsAndNothingThatWasSent() {
        status = 409;
        body = "{\"errorMessage\":\"Client exists\"}";

        assertThatThrownBy(() -> admin.create(
                        CLIENTS, JsonNodeFactory.instance.objectNode().put("secret", PASSWORD)))
                .hasMessage("POST /admin/realms/a%20b/clients answered 409: Client exists");
    }

    @Test
    void writesAreCountedReadsAndLoginsAreNot() {
        status = 201;
        String id = admin.create(CLIENTS, JsonNodeFactory.instance.objectNode());
        status = 200;
        admin.put(CLIENTS.then(id), JsonNodeFactory.instance.objectNode());
        admin.delete(CLIENTS.then(id));
        admin.get(CLIENTS);

        assertThat(id).isEqualTo("the-id");
        assertThat(admin.writes()).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsFoundToBeAbsent() {
        status = 404;

        assertThat(admin.find(CLIENTS)).isEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() {
        status = 302;

        assertThatThrownBy(() -> admin.get(CLIENTS)).hasMessageContaining("answered 302");
        assertThat(requests.stream().filter(request -> request.startsWith("GET")))
                .hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        server.stop(0);

        assertThatThrownBy(() -> admin.get(CLIENTS)).hasMessageContaining("no answer from http://127.0.0.1:");
    }

    @Test
    void noNameLeadsOutOfItsPath() {
        assertThat(AdminPath.of("realms", "../master", "..", "a?b#c/d").text())
                .isEqualTo("/admin/realms/..%2Fmaster/%2E%2E/a%3Fb%23c%2Fd");
    }

    @Test
    void aLoginShowsNoSecret() {
        assertThat(Login.ofUser("master", "root", PASSWORD).toString())
                .contains("root")
                .doesNotContain(PASSWORD);
        assertThat(Login.ofClient("master", "tool", PASSWORD).toString())
                .contains("tool")
                .doesNotContain(PASSWORD);
    }
}
