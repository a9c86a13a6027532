// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.util.Iterator;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What changes in the realm changes in the contract. */
class RealmTokensTest {

    private final ObjectNode realm = TestJson.shippedRealm();
    private final ObjectNode scope = TestJson.member(realm.get("clientScopes"), "name", "gatehouse-api");
    private final ArrayNode mappers = (ArrayNode) scope.get("protocolMappers");

    private TokenContract contract() {
        return TokenContract.of(realm);
    }

    private ObjectNode mapper(String name) {
        return TestJson.member(mappers, "name", name);
    }

    private void remove(String name) {
        for (Iterator<JsonNode> all = mappers.elements(); all.hasNext(); ) {
            if (all.next().get("name").asText().equals(name)) {
                all.remove();
            }
        }
    }

    @Test
    void theShippedRealmPromisesWhatTheDesignAsksFor() {
        TokenContract contract = contract();

        assertThat(contract).isEqualTo(TokenContract.ofShippedRealm());
        assertThat(contract.issuer()).isEqualTo("{server}/realms/gatehouse");
        assertThat(contract.audience()).containsExactly("gatehouse-api");
        assertThat(contract.algorithms()).containsExactly("RS256");
        assertThat(contract.type()).isEqualTo("at+jwt");
        assertThat(contract.claims())
                .containsOnly(
                        Map.entry("acr", ClaimKind.TEXT),
                        Map.entry("aud", ClaimKind.TEXT_OR_TEXTS),
                        Map.entry("azp", ClaimKind.TEXT),
                        Map.entry("client_id", ClaimKind.TEXT),
                        Map.entry("exp", ClaimKind.NUMBER),
                        Map.entry("iat", ClaimKind.NUMBER),
                        Map.entry("iss", ClaimKind.TEXT),
                        Map.entry("jti", ClaimKind.TEXT),
                        Map.entry("roles", ClaimKind.TEXTS),
                        Map.entry("sub", ClaimKind.TEXT),
                        Map.entry("username", ClaimKind.TEXT));
        assertThat(contract.personal())
                .containsOnly(
                        Map.entry("amr", ClaimKind.TEXTS),
                        Map.entry("auth_time", ClaimKind.NUMBER),
                        Map.entry("sid", ClaimKind.TEXT));
        assertThat(contract.accessTokenSeconds()).isEqualTo(600);
        assertThat(contract.sessionSeconds()).isEqualTo(604_800);
    }

    @Test
    void aClaimGoesWithItsMapper() {
        for (String name : new String[] {"username", "roles", "client_id"}) {
            remove(name);
            assertThat(contract().claims()).as(name).doesNotContainKey(name);
        }
        remove("amr");
        assertThat(contract().personal()).doesNotContainKey("amr");
        remove("audience");
        assertThat(contract().claims()).doesNotContainKey("aud");
        assertThat(contract().audience()).isEmpty();
    }

    @Test
    void aMapperThatDoesNotReachAccessTokensPromisesNothing() {
        ((ObjectNode) mapper("username").get("config")).put("access.token.claim", "false");
        ((ObjectNode) mapper("audience").get("config")).put("access.token.claim", "false");

        assertThat(contract().claims()).doesNotContainKeys("username", "aud");
        assertThat(contract().audience()).isEmpty();
    }

    @Test
    void aNewMapperIsAPromiseUnderTheNameOfItsClaim() {
        ObjectNode copy = mapper("roles").deepCopy();
        copy.put("name", "whatever");
        ((ObjectNode) copy.get("config")).put("claim.name", "groups");
        mappers.add(copy);
        ObjectNode second = mapper("audience").deepCopy();
        ((ObjectNode) second.get("config")).put("included.custom.audience", "another-api");
        mappers.add(second);

        assertThat(contract().claims()).containsEntry("groups", ClaimKind.TEXTS);
        assertThat(contract().audience()).containsExactly("gatehouse-api", "another-api");
    }

    @Test
    void nameAlgorithmAndLifetimesAreTheRealms() {
        realm.put("realm", "shop")
                .put("defaultSignatureAlgorithm", "ES256")
                .put("accessTokenLifespan", 300)
                .put("ssoSessionMaxLifespan", 3600);

        TokenContract contract = contract();

        assertThat(contract.issuer()).isEqualTo("{server}/realms/shop");
        assertThat(contract.algorithms()).containsExactly("ES256");
        assertThat(contract.accessTokenSeconds()).isEqualTo(300);
        assertThat(contract.sessionSeconds()).isEqualTo(3600);
    }

    @Test
    void withoutThePolicyForTypedTokensTheTypeIsKeycloaksOwn() {
        for (var profile : realm.at("/clientProfiles/profiles")) {
            ((ObjectNode) profile).putArray("executors");
        }

        assertThat(contract().type()).isEqualTo("JWT");
    }

    @Test
    void aRealmWithoutTheScopePromisesNothingAndSaysSo() {
        scope.put("name", "another");

        assertThatIllegalArgumentException()
                .isThrownBy(this::contract)
                .withMessageContaining("$.clientScopes")
                .withMessageContaining("gatehouse-api");
    }
}
