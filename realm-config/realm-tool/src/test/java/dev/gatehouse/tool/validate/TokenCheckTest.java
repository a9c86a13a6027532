// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.realm.TokenContract;
import dev.gatehouse.tool.validate.TokenCheck.Published;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCheckTest {

    private static final String HEADER = "{'alg': 'RS256', 'typ': 'at+jwt', 'kid': 'k'}";
    private static final String CLAIMS =
            "{'iss': 'https://id.example/realms/gatehouse', 'aud': 'gatehouse-api', 'iat': 1000,"
                    + " 'exp': 1600, 'jti': 'j', 'sub': 's', 'azp': 'gatehouse-machine', 'client_id': 'gatehouse-machine', 'acr': '1',"
                    + " 'roles': [], 'username': 'u'}";
    private static final Published PUBLISHED = new Published(
            Changed.json("{'issuer': 'https://id.example/realms/gatehouse'}"),
            Changed.json("{'keys': [{'kid': 'k', 'alg': 'RS256'}]}"));

    @Test
    void aTokenAsPromisedHasNoFinding() {
        assertThat(found(HEADER, claims -> {}, PUBLISHED)).isEmpty();
    }

    @Test
    void whatTheContractMissesIsNamed() {
        assertThat(found(HEADER.replace("at+jwt", "JWT"), claims -> claims.remove("client_id"), PUBLISHED))
                .hasSize(2)
                .anyMatch(line -> line.contains("at+jwt"))
                .anyMatch(line -> line.contains("client_id"));
    }

    @Test
    void aTokenOfAPersonPromisesMore() {
        assertThat(found(HEADER, claims -> claims.put("sid", "x"), PUBLISHED))
                .anyMatch(line -> line.contains("auth_time"))
                .anyMatch(line -> line.contains("amr"));
    }

    @Test
    void theIssuerAndTheKeyAreThePublishedOnes() {
        Published other = new Published(
                Changed.json("{'issuer': 'https://other.example/realms/gatehouse'}"), Changed.json("{'keys': []}"));

        assertThat(found(HEADER, claims -> {}, other))
                .containsExactly(
                        "error: $.iss: is another issuer than discovery's, https://other.example/realms/gatehouse [token-contract]",
                        "error: $.kid: the issuer publishes no such key [token-contract]");
        assertThat(found(HEADER, claims -> {}, new Published(PUBLISHED.discovery(), key("ES256"))))
                .containsExactly("error: $.alg: is not that of the published key [token-contract]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a.b.c", "e30.e30.", "W10.e30.c", "e30.eyJ.c", "e30.e30.e30.e30.e30", "!.!.!"})
    void anythingElseIsNoToken(String token) {
        assertThat(TokenCheck.of(token, TokenContract.ofShippedRealm(), Optional.empty()))
                .isNotEmpty();
    }

    private static List<String> found(String header, Consumer<ObjectNode> change, Published published) {
        ObjectNode claims = (ObjectNode) Changed.json(CLAIMS);
        change.accept(claims);
        String token = encoded(Changed.json(header)) + "." + encoded(claims) + ".c2ln";
        return TokenCheck.of(token, TokenContract.ofShippedRealm(), Optional.of(published)).stream()
                .map(Finding::line)
                .toList();
    }

    private static JsonNode key(String algorithm) {
        return Changed.json("{'keys': [{'kid': 'k', 'alg': '" + algorithm + "'}]}");
    }

    private static String encoded(JsonNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
