// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;

/**
 * An OpenID provider on 127.0.0.1 behind the shipped provider {@link Upstream#SHIPPED}. It signs everybody in without a
 * question, and answers right until it is told otherwise.
 */
public final class HostileUpstream implements AutoCloseable {

    /** What it knows the shipped realm by. */
    static final String CLIENT = "gatehouse";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final RSAKey key;
    private final ShippedProvider provider;
    private final String subject = UUID.randomUUID().toString();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    private volatile Map<String, String> asked = Map.of();
    private volatile Map<String, String> back = Map.of();
    private volatile Consumer<Map<String, Object>> claims = all -> {};
    private volatile Consumer<Map<String, Object>> userInfo = all -> {};
    private volatile Function<JWTClaimsSet, String> signer;

    private HostileUpstream(Gatehouse gatehouse) {
        try {
            key = new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException | IOException e) {
            throw new IllegalStateException("There can be no upstream", e);
        }
        signer = all -> signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), all, signer(key));
        answers.put("/auth", this::authorize);
        answers.put("/token", this::token);
        answers.put("/userinfo", this::userInfo);
        answers.put("/keys", exchange -> json(exchange, 200, new JWKSet(key).toString()));
        server.createContext(
                "/", exchange -> answers.getOrDefault(exchange.getRequestURI().getPath(), it -> json(it, 404, "{}"))
                        .handle(exchange));
        server.setExecutor(threads);
        server.start();
        provider = ShippedProvider.on(
                gatehouse,
                Upstream.SHIPPED,
                Map.of(
                        "clientId", CLIENT,
                        "clientSecret", UUID.randomUUID().toString(),
                        "issuer", issuer(),
                        "authorizationUrl", issuer() + "/auth",
                        "tokenUrl", issuer() + "/token",
                        "jwksUrl", issuer() + "/keys",
                        "userInfoUrl", issuer() + "/userinfo"));
    }

    public static HostileUpstream start(Gatehouse gatehouse) {
        return new HostileUpstream(gatehouse);
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    RSAKey key() {
        return key;
    }

    /** The subject of the account that everybody has there. */
    String subject() {
        return subject;
    }

    /** The provider in the shipped realm. */
    ShippedProvider provider() {
        return provider;
    }

    /** The parameters of the last authorization request. */
    Map<String, String> asked() {
        return asked;
    }

    /** Somebody is on the way there who is held on the doorstep: what there is to know of the request is known. */
    HostileUpstream expecting(Page away) {
        asked = away.query();
        return this;
    }

    /** From now on it sends people back with these parameters, beside the state, and with no code. */
    public HostileUpstream sendingBack(Map<String, String> parameters) {
        back = parameters;
        return this;
    }

    /** From now on the ID token and the user info tell something else. */
    public HostileUpstream telling(Consumer<Map<String, Object>> change) {
        claims = change;
        userInfo = change;
        return this;
    }

    /** From now on the ID token tells something else. */
    HostileUpstream tellingInToken(Consumer<Map<String, Object>> change) {
        claims = change;
        return this;
    }

    /** From now on the user info tells something else. */
    HostileUpstream tellingInUserInfo(Consumer<Map<String, Object>> change) {
        userInfo = change;
        return this;
    }

    /** From now on ID tokens are written like this. */
    HostileUpstream signing(Function<JWTClaimsSet, String> how) {
        signer = how;
        return this;
    }

    /** From now on a path, such as {@code /token}, is answered like this. */
    HostileUpstream answering(String path, int status, String body) {
        answers.put(path, exchange -> json(exchange, status, body));
        return this;
    }

    HostileUpstream answering(String path, HttpHandler how) {
        answers.put(path, how);
        return this;
    }

    /** From now on a request of this path is never answered. */
    HostileUpstream silentAt(String path) {
        return answering(path, exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
    }

    /** Nobody listens any more. */
    HostileUpstream stopped() {
        server.stop(0);
        return this;
    }

    /** Somebody comes from there: what the shipped realm says to that. */
    Page arrive(App app, Browser browser) {
        return app.signIn(browser, Map.of("kc_idp_hint", Upstream.SHIPPED));
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot be signed", e);
        }
    }

    static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("No RSA key", e);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> request =
                query(Objects.requireNonNull(exchange.getRequestURI().getRawQuery()));
        asked = request;
        Map<String, String> answer = new LinkedHashMap<>(back.isEmpty() ? Map.of("code", "a-code") : back);
        answer.putIfAbsent("state", request.getOrDefault("state", ""));
        exchange.getResponseHeaders().add("Location", request.get("redirect_uri") + "?" + App.encoded(answer));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Instant now = Instant.now();
        Map<String, Object> token = person();
        token.put("iss", issuer());
        token.put("aud", CLIENT);
        token.put("iat", now.getEpochSecond());
        token.put("exp", now.plusSeconds(300).getEpochSecond());
        token.put("nonce", asked.getOrDefault("nonce", ""));
        claims.accept(token);
        try {
            String idToken = signer.apply(JWTClaimsSet.parse(token));
            json(
                    exchange,
                    200,
                    Json.write(Map.of("access_token", "an-access-token", "token_type", "Bearer", "id_token", idToken)));
        } catch (ParseException e) {
            throw new IllegalStateException("No claims", e);
        }
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        Map<String, Object> info = person();
        userInfo.accept(info);
        json(exchange, 200, Json.write(info));
    }

    private Map<String, Object> person() {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("sub", subject);
        person.put("preferred_username", "h-" + subject);
        person.put("given_name", "Harriet");
        person.put("family_name", "Hostile");
        person.put("email", subject + "@people.example");
        person.put("email_verified", true);
        person.put("roles", List.of());
        return person;
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        provider.close();
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
