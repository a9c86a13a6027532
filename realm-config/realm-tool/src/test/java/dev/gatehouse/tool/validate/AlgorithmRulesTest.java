// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AlgorithmRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS512", "none", "None", "RS1", "rs256"})
    void whatIsNoSignatureOfTheServerAloneIsAnError(String algorithm) {
        assertThat(Changed.file(realm -> realm.put("defaultSignatureAlgorithm", algorithm)))
                .containsExactly("error signature-algorithm $.defaultSignatureAlgorithm");
    }

    @Test
    void eitherAlgorithmOfTheVerifierWillDo() {
        assertThat(Changed.file(realm -> realm.put("defaultSignatureAlgorithm", "ES256")))
                .isEmpty();
    }

    @Test
    void aGoodOneThatTheVerifierDoesNotKnowIsAWarning() {
        assertThat(Changed.file(realm -> realm.put("defaultSignatureAlgorithm", "PS256")))
                .containsExactly("warning signature-algorithm $.defaultSignatureAlgorithm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access.token.signed.response.alg",
                "id.token.signed.response.alg",
                "user.info.response.signature.alg",
                "request.object.signature.alg",
                "token.endpoint.auth.signing.alg"
            })
    void aClientIsHeldToTheSame(String name) {
        String path = "error client-signature-algorithm $.clients[gatehouse-bff].attributes[\"" + name + "\"]";

        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-bff").put(name, "HS256")))
                .containsExactly(path);
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-bff").put(name, "RS256")))
                .isEmpty();
    }

    @Test
    void aClientMayChooseAmongGoodOnes() {
        assertThat(Changed.file(
                        realm -> Changed.attributes(realm, "gatehouse-bff").put("request.object.signature.alg", "any")))
                .isEmpty();
    }

    @Test
    void aShortKeyIsAnError() {
        assertThat(Changed.file(realm -> key(realm).putArray("keySize").add("1024")))
                .containsExactly(
                        "error key-size $.components[\"org.keycloak.keys.KeyProvider\"][rs256].config.keySize");
        assertThat(Changed.file(realm -> key(realm).putArray("keySize").add("4096")))
                .isEmpty();
    }

    private static ObjectNode key(ObjectNode realm) {
        ObjectNode components = realm.withObject("components");
        for (var key : components.withArray("org.keycloak.keys.KeyProvider")) {
            if (key.path("name").asText().equals("rs256")) {
                return (ObjectNode) key.path("config");
            }
        }
        throw new IllegalStateException("there is no key rs256");
    }
}
