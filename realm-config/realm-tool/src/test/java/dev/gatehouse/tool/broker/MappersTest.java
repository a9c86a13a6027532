// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.realm.RealmFiles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MappersTest {

    @Test
    void aMapperIsLikeTheOneOfTheShippedRealm() {
        JsonNode shipped = Kind.OIDC.shippedMappers().stream()
                .filter(mapper -> mapper.path("name").asText().equals("gatehouse-member"))
                .findFirst()
                .orElseThrow();
        JsonNode made = Mappers.mapper("oidc", "roles", "gatehouse-member", "gatehouse-member");

        assertThat(made.path("config")).isEqualTo(shipped.path("config"));
        assertThat(made.path("identityProviderMapper")).isEqualTo(shipped.path("identityProviderMapper"));
        assertThat(Mappers.find(
                        RealmFiles.read(RealmFiles.CONSOLE).path("identityProviderMappers"),
                        "roles",
                        "gatehouse-member",
                        "gatehouse-member"))
                .isPresent();
    }

    @Test
    void oneThatIsThereIsFoundByWhatItDoes() {
        JsonNode there = JsonNodeFactory.instance.arrayNode().add(Mappers.mapper("a", "groups", "staff", "clerk"));

        assertThat(Mappers.find(there, "groups", "staff", "clerk")).isPresent();
        assertThat(Mappers.find(there, "roles", "staff", "clerk")).isEmpty();
        assertThat(Mappers.find(there, "groups", "staff", "admin")).isEmpty();
    }
}
