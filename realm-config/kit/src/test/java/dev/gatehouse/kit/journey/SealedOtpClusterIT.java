// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.kit.server.KeycloakCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Sealed secrets and codes that work once, on two nodes. */
@ExtendWith(KeycloakCluster.class)
class SealedOtpClusterIT {

    private static final Map<String, String> ON = Map.of("gatehouse.otpGuard", "true", "gatehouse.limits.mode", "off");

    private final GatehouseCluster gatehouse;
    private final List<SecondFactor> second;

    SealedOtpClusterIT(GatehouseCluster gatehouse) {
        this.gatehouse = gatehouse;
        Machine machine = Machine.create(gatehouse.on(0));
        this.second = List.of(
                new SecondFactor(gatehouse.on(0), machine),
                new SecondFactor(gatehouse.on(1), machine.on(gatehouse.on(1))));
    }

    private Person person() {
        return gatehouse.on(0).aPerson().create();
    }

    private StoredDevice stored(Person person) {
        return StoredDevice.of(gatehouse.cluster().stored(), person);
    }

    /** Without Keycloak's own protection, which lets only one at a time try. */
    private void unlimited(Runnable journey) {
        RealmSettings.during(
                gatehouse.on(0).realm(),
                realm -> realm.setBruteForceProtected(false),
                () -> gatehouse.on(0).attributes().during(ON, journey));
    }

    @Test
    void ofTwentyFourSubmitsOfOneCodeOnTwoNodesOneSucceeds() {
        Person pat = person();
        Totp totp = Totp.of(gatehouse.on(0).realm(), pat);
        unlimited(() -> {
            Totp.awaitRoom(20);
            String code = totp.code();

            List<Integer> answers =
                    AtOnce.times(24, i -> second.get(i % 2).grant(pat, code).status());

            assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
            assertThat(answers).allMatch(status -> status == 200 || status == SecondFactor.REFUSED);
        });
    }

    @Test
    void aCodeOfATokenThatCountsWorksOnceOnTwoNodes() {
        Person pat = person();
        Totp token = Totp.countingOf(gatehouse.on(0).realm(), pat);
        unlimited(() -> {
            List<Integer> answers = AtOnce.times(
                    16, i -> second.get(i % 2).grant(pat, token.numbered(0)).status());

            assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        });
    }

    @Test
    void ofFortyGuessesOnTwoNodesFiveAreCompared() {
        Person pat = person();
        Totp totp = Totp.of(gatehouse.on(0).realm(), pat);
        unlimited(() -> {
            List<Integer> answers = AtOnce.times(
                    40, i -> second.get(i % 2).grant(pat, totp.wrong(i)).status());

            assertThat(answers).containsOnly(SecondFactor.REFUSED);
            assertThat(gatehouse
                            .cluster()
                            .stored()
                            .rows("select IN_A_ROW from GATEHOUSE_FAILED_CODES where USER_ID = ?", pat.id()))
                    .containsExactly(List.of("5"));
            second.get(1).assertShut(pat, totp.code());
        });
    }

    @Test
    void aNewKeyIsUsedWhenTheLastNodeHasIt() {
        assertThat(freshEnvelope()).startsWith("v1.k1.");
        KeyRingFile.hold(gatehouse.rings(), "k1", "k2");
        gatehouse.rings().get(1).holds("k1");
        Eventually.get(() -> log(0), log -> log.contains("KeyRing[k1, k2]"));
        gatehouse.rings().get(0).holds("k2", "k1");
        Eventually.get(() -> log(0), log -> log.contains("KeyRing[k2, k1]"));
        // Two more looks of the first node.
        pause(25);

        assertThat(freshEnvelope()).as("the second node cannot open it yet").startsWith("v1.k1.");

        gatehouse.rings().get(1).holds("k1", "k2");
        Eventually.get(() -> log(0), log -> log.contains("Secrets are sealed with the key k2 from now on"));

        Person pat = person();
        Totp totp = Totp.of(gatehouse.on(0).realm(), pat);
        assertThat(stored(pat).value()).startsWith("v1.k2.");
        second.get(1).assertOpens(pat, totp.code());
        gatehouse.rings().get(1).holds("k2", "k1");
        second.get(0).assertOpens(pat, totp.nextCode());
    }

    private String freshEnvelope() {
        Person pat = person();
        Totp.of(gatehouse.on(0).realm(), pat);
        return stored(pat).value();
    }

    private String log(int node) {
        try {
            return Files.readString(gatehouse.node(node).log());
        } catch (IOException e) {
            throw new UncheckedIOException("The log of a node cannot be read", e);
        }
    }

    private static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while nodes look at their keys", e);
        }
    }
}
