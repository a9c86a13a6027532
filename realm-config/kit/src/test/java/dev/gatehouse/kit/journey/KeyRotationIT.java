// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gatehouse.kit.server.KeycloakLab;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** A new signing key, while tokens are made and verified without pause. */
@ExtendWith(KeycloakLab.class)
class KeyRotationIT {

    private static final String KEYS = "org.keycloak.keys.KeyProvider";

    private final GatehouseLab lab;
    private final Gatehouse gatehouse;
    private final RealmTool tool;

    KeyRotationIT(GatehouseLab lab) {
        this.lab = lab;
        this.gatehouse = lab.gatehouse();
        this.tool = RealmTool.of(gatehouse);
    }

    private RealmTool.Run rotate(String step) {
        return tool.run("rotate-keys", step);
    }

    private String signer() {
        lab.signInAdmin();
        return gatehouse.realm().keys().getKeyMetadata().getActive().getOrDefault("RS256", "");
    }

    private List<Map<String, List<String>>> providers() {
        lab.signInAdmin();
        return gatehouse.realm().components().query(null, KEYS).stream()
                .map(ComponentRepresentation::getConfig)
                .<Map<String, List<String>>>map(config -> config)
                .toList();
    }

    private Set<String> published() {
        return TokenTraffic.kids(gatehouse);
    }

    @Test
    void noTokenIsRefusedFromTheFirstStepToTheLast() throws IOException {
        String old = signer();
        try (TokenTraffic traffic = TokenTraffic.start(lab)) {
            traffic.runs();

            rotate("start").succeeded();
            traffic.runs();
            assertThat(signer()).isEqualTo(old);
            assertThat(published()).hasSize(3);

            List<Map<String, List<String>>> before = providers();
            assertThat(rotate("promote").refused().err()).contains("too early to sign");
            assertThat(providers()).isEqualTo(before);

            traffic.pass(Duration.ofMinutes(61));
            traffic.runs();
            rotate("promote").succeeded();
            traffic.runs();
            String fresh = signer();
            assertThat(fresh).isNotEqualTo(old);

            assertThat(rotate("retire").refused().err()).contains("too early to retire");
            traffic.pass(Duration.ofMinutes(12));
            rotate("retire").succeeded();
            traffic.runs();
            assertThat(published()).contains(old, fresh);

            assertThat(rotate("retire").refused().err()).contains("too early to remove");
            traffic.pass(Duration.ofDays(7));
            rotate("retire").succeeded();
            traffic.runs();
            assertThat(published()).contains(fresh).doesNotContain(old);

            assertThat(traffic.refusals()).isEmpty();
            assertThat(traffic.kids()).containsExactlyInAnyOrder(old, fresh);
            assertThat(traffic.count()).isGreaterThan(100);
        }
    }

    @Test
    void everyStepCanBeRepeatedFromAnotherMachine() {
        rotate("start").succeeded();
        List<Map<String, List<String>>> started = providers();

        assertThat(rotate("start").succeeded().out()).contains("is there already");
        assertThat(providers()).isEqualTo(started);

        lab.pass(Duration.ofMinutes(61));
        rotate("promote").succeeded();
        List<Map<String, List<String>>> promoted = providers();
        assertThat(rotate("promote").refused().err()).contains("no new key waits");
        assertThat(providers()).isEqualTo(promoted);

        lab.pass(Duration.ofDays(7).plusMinutes(2));
        rotate("retire").succeeded();
        rotate("retire").succeeded();
        assertThat(rotate("retire").succeeded().out()).contains("Nothing to retire");
        assertThat(rotate("status").succeeded().lines()).hasSize(2);
    }

    @Test
    void aRotationInOneStepRefusesTokens() throws IOException {
        String old = signer();
        try (TokenTraffic traffic = TokenTraffic.start(lab)) {
            traffic.runs();

            String provider = gatehouse.realm().keys().getKeyMetadata().getKeys().stream()
                    .filter(key -> old.equals(key.getKid()))
                    .findFirst()
                    .orElseThrow()
                    .getProviderId();
            ComponentRepresentation key = new ComponentRepresentation();
            key.setName("by hand");
            key.setProviderId("rsa-generated");
            key.setProviderType(KEYS);
            key.setConfig(new MultivaluedHashMap<>(Map.of("priority", List.of("1000"), "algorithm", List.of("RS256"))));
            try (Response made = gatehouse.realm().components().add(key)) {
                assertThat(made.getStatus()).isEqualTo(201);
            }
            gatehouse.realm().components().component(provider).remove();
            traffic.runs();

            assertThat(traffic.refusals()).isNotEmpty();
        }
    }

    @Test
    void aWaitCannotBeShortened() {
        assertThat(tool.run("rotate-keys", "promote", "--wait", "5m").refused().err())
                .contains("must be 1h at least");
    }
}
