// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** A public client that does what RFC 8252 and RFC 7636 ask of one: a loopback address, a code, and PKCE. */
public final class App {

    /** Any port: the client registers its loopback address without one. */
    public static final URI CALLBACK = URI.create("http://127.0.0.1:47011/callback");

    private final URI issuer;
    private final String clientId;
    private final URI callback;
    private final UnaryOperator<URI> route;
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final String state = UUID.randomUUID().toString();
    private final String nonce = UUID.randomUUID().toString();

    public App(URI issuer, String clientId) {
        this(issuer, clientId, CALLBACK);
    }

    /** An app at an address that something listens on. */
    public App(URI issuer, String clientId, URI callback) {
        this(issuer, clientId, callback, UnaryOperator.identity());
    }

    /** An app whose requests, and the people that it sends to sign in, take this route to the server. */
    App(URI issuer, String clientId, URI callback, UnaryOperator<URI> route) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.callback = callback;
        this.route = route;
    }

    /** The tokens of one sign-in. */
    public record Tokens(String access, String refresh, String id) {

        /** The claims of the access token, unchecked. */
        public JsonNode claims() {
            return payload(access);
        }

        static JsonNode header(String jwt) {
            return part(jwt, 0);
        }

        static JsonNode payload(String jwt) {
            return part(jwt, 1);
        }

        private static JsonNode part(String jwt, int index) {
            return Json.parse(
                    new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]), StandardCharsets.UTF_8));
        }
    }

    /** A person chooses to sign in: the first page that the sign-in system shows. */
    public Page signIn(Browser browser) {
        return signIn(browser, Map.of());
    }

    /** As {@link #signIn(Browser)}, with further parameters of the authorization request. */
    public Page signIn(Browser browser, Map<String, String> parameters) {
        return browser.stoppingAt(callback).through(route).open(authorizationRequest(parameters));
    }

    /** The authorization request of this app. */
    public URI authorizationRequest(Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", clientId);
        parameters.put("response_type", "code");
        parameters.put("redirect_uri", callback.toString());
        parameters.put("scope", "openid");
        parameters.put("state", state);
        parameters.put("nonce", nonce);
        parameters.put("code_challenge", challenge());
        parameters.put("code_challenge_method", "S256");
        parameters.putAll(more);
        return URI.create(issuer + "/protocol/openid-connect/auth?" + encoded(parameters));
    }

    /** Takes the code of the page at the callback to the token endpoint. */
    public Tokens tokens(Page callback) {
        return tokens(callback, Map.of());
    }

    /** As {@link #tokens(Page)}, of an app that proves to the token endpoint who it is. */
    Tokens tokens(Page callback, Map<String, String> proof) {
        assertThat(callback.isAtStop())
                .as("at the app's callback, not at %s", callback)
                .isTrue();
        assertThat(callback.query()).containsEntry("state", state).containsKey("code");
        Page answer = exchange(callback.query().getOrDefault("code", ""), proof);
        assertThat(answer.status()).as(answer.html()).isEqualTo(200);
        JsonNode json = Json.of(answer);
        Tokens tokens = new Tokens(
                json.get("access_token").asText(),
                json.get("refresh_token").asText(),
                json.get("id_token").asText());
        assertThat(Tokens.payload(tokens.id()).get("nonce").asText()).isEqualTo(nonce);
        return tokens;
    }

    /** The answer of the token endpoint to a code. */
    public Page exchange(String code) {
        return exchange(code, Map.of());
    }

    /** As {@link #exchange(String)}, of an app that proves who it is. */
    Page exchange(String code, Map<String, String> proof) {
        Map<String, String> fields = new LinkedHashMap<>(proof);
        fields.put("grant_type", "authorization_code");
        fields.put("redirect_uri", callback.toString());
        fields.put("code", code);
        fields.put("code_verifier", verifier);
        return token(fields);
    }

    /** The answer of the token endpoint to a refresh token. */
    Page refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    private Page token(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("client_id", clientId);
        return Browser.fresh()
                .through(route)
                .requests()
                .post(URI.create(issuer + "/protocol/openid-connect/token"), all);
    }

    private String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
