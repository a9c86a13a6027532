// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;

/** A token in the making: at first the one that Keycloak would issue, and then what a test makes of it. */
final class TestToken {

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();

    TestToken(String issuer, Instant now) {
        header.put("alg", "RS256");
        header.put("typ", "at+jwt");
        header.put("kid", "rsa");
        claims.put("exp", now.getEpochSecond() + 600);
        claims.put("iat", now.getEpochSecond());
        claims.put("auth_time", now.getEpochSecond() - 60);
        claims.put("jti", "onrtac:6f3c");
        claims.put("iss", issuer);
        claims.put("aud", "gatehouse-api");
        claims.put("sub", "0d3e7a52-8f58-4d21-9f8e-6c5f7b1d2a90");
        claims.put("typ", "Bearer");
        claims.put("azp", "gatehouse-web");
        claims.put("client_id", "gatehouse-web");
        claims.put("sid", "b1f2c3d4");
        claims.put("acr", "gold");
        claims.put("amr", List.of("pwd", "otp"));
        claims.put("username", "ada");
        claims.put("roles", List.of("clerk", "user"));
    }

    TestToken header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    TestToken withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    TestToken claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    TestToken without(String name) {
        claims.remove(name);
        return this;
    }

    /** Signed with the key that {@code alg} asks for. */
    String signed() {
        return "ES256".equals(header.get("alg"))
                ? signed("SHA256withECDSAinP1363Format", TestKeys.EC.getPrivate())
                : signed("SHA256withRSA", TestKeys.RSA.getPrivate());
    }

    TestToken es256() {
        return header("alg", "ES256").header("kid", "ec");
    }

    String signed(String jcaName, PrivateKey key) {
        String unsigned = unsigned();
        return unsigned + "." + TestKeys.base64(TestKeys.sign(jcaName, key, ascii(unsigned)));
    }

    String unsigned() {
        return base64(headerJson()) + "." + base64(claimsJson());
    }

    String headerJson() {
        return JSONObjectUtils.toJSONString(header);
    }

    String claimsJson() {
        return JSONObjectUtils.toJSONString(claims);
    }

    /** A well signed token of these very texts. */
    static String signed(String header, String payload) {
        return signed(header.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));
    }

    static String signed(byte[] header, byte[] payload) {
        String unsigned = TestKeys.base64(header) + "." + TestKeys.base64(payload);
        return unsigned + "."
                + TestKeys.base64(TestKeys.sign("SHA256withRSA", TestKeys.RSA.getPrivate(), ascii(unsigned)));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(String json) {
        return TestKeys.base64(json.getBytes(StandardCharsets.UTF_8));
    }
}
