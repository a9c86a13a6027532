// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

import com.sun.net.httpserver.HttpServer;

/** Publishes a key on this machine and signs tokens with it. */
final class TestIssuer implements AutoCloseable {

    private static final KeyPair KEYS = keys();

    private final HttpServer server;
    private volatile int status = 200;

    TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/realms/a/protocol/openid-connect/certs", exchange -> {
            try (exchange) {
                byte[] keys = jwks().getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(status, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/a";
    }

    void goDown() {
        status = 503;
    }

    /** A token for a user whose name is this, written as in a JSON text. */
    String token(String username) {
        return tokenFor("gatehouse-api", username);
    }

    String tokenFor(String audience, String username) {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iss\":\"" + url() + "\",\"aud\":\"" + audience + "\",\"sub\":\"user-1\",\"iat\":" + now
                + ",\"exp\":" + (now + 300) + ",\"typ\":\"Bearer\",\"username\":\"" + username
                + "\",\"roles\":[\"user\",\"clerk\"]}";
        String unsigned =
                base64("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k\"}".getBytes(StandardCharsets.US_ASCII)) + "."
                        + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
            return unsigned + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String jwks() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        return "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
