// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.core.seal.Canary;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VaultKeysTest {

    private final MovedTime time = new MovedTime();
    private final FakeRealm shop = new FakeRealm("realm-1", "shop");
    private final FakeRealm club = new FakeRealm("realm-2", "club");
    private final FakeServer server = new FakeServer(time).with(shop).with(club);
    private final SharedRegistry shared = new SharedRegistry();
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> vault = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final VaultKeys keys = node();

    VaultKeysTest() {
        server.everySession(session -> session.on(
                "vault", call -> vaultOf(session.get().getContext().getRealm().getName())));
        vault.put("shop", TestKeys.ring("k1=1"));
        vault.put("club", TestKeys.ring("k2=2"));
    }

    private VaultKeys node() {
        return new VaultKeys("otp-keys", shared, time, random);
    }

    /** As Keycloak's: it answers for the realm of the request, and with the question where that is not marked. */
    private VaultTranscriber vaultOf(String realm) {
        return Stub.of(VaultTranscriber.class)
                .on("getStringSecret", call -> {
                    asked.add(call.text(0));
                    return Stub.of(VaultStringSecret.class)
                            .is("get", Optional.ofNullable(vault.get(realm)))
                            .on("close", end -> {
                                closed.add(realm);
                                return null;
                            })
                            .get();
                })
                .get();
    }

    private List<String> ids(FakeRealm realm) {
        return keys.ring(server.request(realm).model(), realm.model()).ids();
    }

    private void isRefused(FakeRealm realm, String sentence) {
        assertThatExceptionOfType(SealingUnavailableException.class)
                .isThrownBy(() -> ids(realm))
                .withMessageStartingWith(sentence)
                .withMessageNotContaining(TestKeys.text(1))
                .withMessageNotContaining(TestKeys.text(9));
    }

    @Test
    void eachRealmHasItsOwnRingAndTheNameIsAskedForWithItsMarks() {
        assertThat(ids(shop)).containsExactly("k1");
        assertThat(ids(club)).containsExactly("k2");

        assertThat(asked).containsOnly("${vault.otp-keys}");
        assertThat(closed).containsExactly("shop", "club");
        assertThat(shared.canaries("realm-1")).extracting(Canary::keyId).containsExactly("k1");
        assertThat(shared.canaries("realm-2")).extracting(Canary::keyId).containsExactly("k2");
        assertThat(shared.canaries(KeyWatch.SCOPE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "otp-keys", "${vault.otp-keys}", "k1"})
    @NullSource
    void whatIsNoRingIsRefused(@Nullable String content) {
        vault.put("shop", content);

        isRefused(shop, "the vault's entry otp-keys of realm shop");
        assertThat(shared.canaries("realm-1")).isEmpty();
        assertThat(ids(club)).containsExactly("k2");
    }

    @Test
    void theVaultIsNotAskedInARequestToAnotherRealm() {
        assertThatExceptionOfType(SealingUnavailableException.class)
                .isThrownBy(() -> keys.ring(server.request(club).model(), shop.model()))
                .withMessage("the vault's entry otp-keys of realm shop: it can be had in requests to that realm only");
        assertThat(asked).isEmpty();
        assertThat(shared.canaries("realm-1")).isEmpty();
    }

    @Test
    void theVaultIsNotAskedOutsideOfRequests() {
        assertThatExceptionOfType(SealingUnavailableException.class)
                .isThrownBy(() -> keys.ring(server.factory().create(), shop.model()));
        assertThat(asked).isEmpty();
    }

    @Test
    void aRingIsKeptForAMinuteAndThenReadAgain() {
        ids(shop);
        vault.put("shop", TestKeys.ring("k1=1", "k3=3"));
        time.pass(VaultKeys.KEEP.minusMillis(1));
        assertThat(ids(shop)).containsExactly("k1");
        assertThat(asked).hasSize(1);

        time.pass(VaultKeys.KEEP.minusMillis(1));

        assertThat(ids(shop)).containsExactly("k1", "k3");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aNewKeyInFrontIsUsedAndKeptInMind() {
        ids(shop);
        vault.put("shop", TestKeys.ring("k3=3", "k1=1"));
        time.pass(VaultKeys.KEEP);

        assertThat(ids(shop)).containsExactly("k3", "k1");
        assertThat(shared.canaries("realm-1")).extracting(Canary::keyId).containsExactly("k1", "k3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k1=9", "k3=3", "k3=3,k1=9"})
    void aRingWithoutTheKeyThatSealedIsRefusedAndSoAgainUntilItIsThere(String wrong) {
        ids(shop);
        vault.put("shop", TestKeys.ring(wrong.split(",")));
        time.pass(VaultKeys.KEEP);

        for (int i = 0; i < 2; i++) {
            isRefused(
                    shop,
                    "The vault's entry otp-keys of realm shop lacks the key k1 with which secrets are sealed, or has another "
                            + "by its name");
        }
        vault.put("shop", TestKeys.ring("k1=1"));
        assertThat(ids(shop)).containsExactly("k1");
        assertThat(shared.canaries("realm-1")).hasSize(1);
    }

    @Test
    void aVaultThatGoesAwayClosesTheRealmOnceTheMinuteIsOver() {
        ids(shop);
        vault.remove("shop");
        assertThat(ids(shop)).containsExactly("k1");

        time.pass(VaultKeys.KEEP);

        isRefused(shop, "the vault's entry otp-keys of realm shop: there is none");
    }

    @Test
    void aNodeThatWasFasterWithAnotherKeyOfThatNameIsFoundOut() {
        SharedRegistry real = shared;
        boolean[] first = {true};
        VaultKeys slow = new VaultKeys(
                "otp-keys",
                real.inTurns(new SharedRegistry.Turn() {
                    @Override
                    public <T> T take(Supplier<T> operation) {
                        T result = operation.get();
                        if (first[0]) {
                            first[0] = false;
                            real.addCanary("realm-1", Canary.of(TestKeys.key("k1", 9), random));
                        }
                        return result;
                    }
                }),
                time,
                random);

        assertThatExceptionOfType(SealingUnavailableException.class)
                .isThrownBy(() -> slow.ring(server.request(shop).model(), shop.model()))
                .withMessage("Another node uses another key by the name of k1 for realm shop");
    }
}
