// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Boxes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * A backend that signs people in for its app as the client {@code gatehouse-bff}, which is switched on while there is one. It proves
 * who it is by a key of its own, publishes that key, and is told when somebody signs out.
 */
final class Bff implements AutoCloseable {

    private static final URI CALLBACK = URI.create("https://bff.invalid/callback");
    private static final String CLIENT = "gatehouse-bff";
    private static final String LOGOUTS = "logouts";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Gatehouse gatehouse;
    private final RSAKey key = newKey();
    private final HttpServer site;
    private final Boxes<String> logouts = new Boxes<>();
    private final ClientRepresentation before;

    private Bff(Gatehouse gatehouse, HttpServer site) {
        this.gatehouse = gatehouse;
        this.site = site;
        this.before = registered(gatehouse);
    }

    static Bff start(Gatehouse gatehouse) {
        try {
            HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Bff bff = new Bff(gatehouse, site);
            bff.listen();
            bff.switchOn();
            return bff;
        } catch (IOException e) {
            throw new UncheckedIOException("The backend cannot listen", e);
        }
    }

    private static ClientRepresentation registered(Gatehouse gatehouse) {
        return gatehouse.realm().clients().findByClientId(CLIENT).get(0);
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK makes RSA keys", e);
        }
    }

    private void listen() {
        site.createContext("/jwks", exchange -> {
            byte[] keys = new JWKSet(key).toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        site.createContext("/backchannel-logout", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            logouts.add(LOGOUTS, URLDecoder.decode(body.replaceFirst("^logout_token=", ""), StandardCharsets.UTF_8));
        });
        site.start();
    }

    /** As an operator does: the client enabled, and the addresses of the backend put in. */
    private void switchOn() {
        String address = "http://127.0.0.1:" + site.getAddress().getPort();
        ClientRepresentation client = registered(gatehouse);
        client.setEnabled(true);
        client.getAttributes().put("jwks.url", address + "/jwks");
        client.getAttributes().put("backchannel.logout.url", address + "/backchannel-logout");
        gatehouse.realm().clients().get(client.getId()).update(client);
    }

    /** The app that it signs people in for. */
    App app() {
        return new App(gatehouse.issuer(), CLIENT, CALLBACK, gatehouse.server()::route);
    }

    /** The next logout token that it is sent. */
    String logout() {
        String token = logouts.next(LOGOUTS, Duration.ofSeconds(20));
        if (token == null) {
            throw new AssertionError("No logout token came");
        }
        return token;
    }

    /** A proof as it has to be: of this client, for this realm, for a minute and for one use. */
    Map<String, String> proof() {
        return proof(key, claims -> {});
    }

    /** A proof that differs in its key or its claims. */
    Map<String, String> proof(RSAKey signer, Consumer<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(CLIENT)
                .subject(CLIENT)
                .audience(gatehouse.issuer().toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
        change.accept(claims);
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(signer.getKeyID())
                        .build(),
                claims.build());
        try {
            assertion.sign(new RSASSASigner(signer));
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK signs with RSA", e);
        }
        return asserting(assertion.serialize());
    }

    Map<String, String> proof(Consumer<JWTClaimsSet.Builder> change) {
        return proof(key, change);
    }

    static Map<String, String> asserting(String assertion) {
        return Map.of("client_assertion_type", ASSERTION_TYPE, "client_assertion", assertion);
    }

    /** The token endpoint's answer to a request for new tokens. */
    Page refresh(String refreshToken, Map<String, String> proof) {
        Map<String, String> fields = new HashMap<>(proof);
        fields.put("grant_type", "refresh_token");
        fields.put("client_id", CLIENT);
        fields.put("refresh_token", refreshToken);
        return Browser.fresh()
                .through(gatehouse.server()::route)
                .requests()
                .post(URI.create(gatehouse.issuer() + "/protocol/openid-connect/token"), fields);
    }

    @Override
    public void close() {
        site.stop(0);
        gatehouse.realm().clients().get(before.getId()).update(before);
    }
}
