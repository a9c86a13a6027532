// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One sign-in as the app begins it: with a proof key, a state and a nonce of its own. */
record AppSignIn(URI issuer, URI callback, String verifier, String state, String nonce) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static AppSignIn begin(URI issuer, URI callback) {
        return new AppSignIn(issuer, callback, random(), random(), random());
    }

    URI start() {
        return at(
                "auth",
                Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        AppSite.CLIENT,
                        "redirect_uri",
                        callback.toString(),
                        "scope",
                        "openid",
                        "state",
                        state,
                        "nonce",
                        nonce,
                        "code_challenge",
                        challenge(),
                        "code_challenge_method",
                        "S256"));
    }

    URI tokenEndpoint() {
        return at("token", Map.of());
    }

    Map<String, String> exchange(String code) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                AppSite.CLIENT,
                "redirect_uri",
                callback.toString(),
                "code",
                code,
                "code_verifier",
                verifier);
    }

    URI signOut(String idToken, URI afterwards) {
        return at("logout", Map.of("id_token_hint", idToken, "post_logout_redirect_uri", afterwards.toString()));
    }

    private URI at(String endpoint, Map<String, String> parameters) {
        String query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "="
                                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return URI.create(issuer + "/protocol/openid-connect/" + endpoint + (query.isEmpty() ? "" : "?" + query));
    }

    private String challenge() {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
