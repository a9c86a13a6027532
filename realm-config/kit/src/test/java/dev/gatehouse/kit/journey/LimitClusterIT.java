// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** A limit is one limit, however many nodes there are, and while one of them is gone or stuck. */
@ExtendWith(KeycloakCluster.class)
class LimitClusterIT {

    private static final Rate FIVE = new Rate(5, Duration.ofMinutes(15));

    private final GatehouseCluster gatehouse;
    private final String address = Network.next();

    LimitClusterIT(GatehouseCluster gatehouse) {
        this.gatehouse = gatehouse;
    }

    /** One try of a browser that was never used, all of it on one node. */
    private Page guess(int node, String name, String password) {
        Browser browser = Browser.fresh().from(address).through(gatehouse.node(node)::route);
        return Guesser.type(Guesser.form(gatehouse.on(node).app(), browser), name, password);
    }

    private static Bucket bucket(Bucket.Area area, String key) {
        return new Bucket("probe", FIVE, area, key, List.of());
    }

    private ProbedStore store(int node) {
        return new ProbedStore(List.of(gatehouse.node(node)), "infinispan");
    }

    @Test
    void fiveGuessesOnTwoNodesAreFive() {
        Person pat = gatehouse.on(0).aPerson().create();
        for (int i = 0; i < 5; i++) {
            assertThat(guess(i % 2, pat.username(), Guesser.WRONG).status()).isEqualTo(200);
        }

        assertThat(guess(0, pat.username(), pat.password()).status()).isEqualTo(429);
        assertThat(guess(1, pat.username(), pat.password()).status()).isEqualTo(429);
    }

    @Test
    void oneSignInThatGoesFromNodeToNodeHasFiveGuessesToo() {
        Person pat = gatehouse.on(0).aPerson().create();
        Browser browser = Browser.fresh().from(address).through(gatehouse.node(0)::route);
        Page page = Guesser.form(gatehouse.on(0).app(), browser);
        for (int i = 0; i < 5; i++) {
            browser.through(gatehouse.node(i % 2)::route);
            page = Guesser.type(page, pat.username(), Guesser.WRONG);
            assertThat(page.status()).isEqualTo(200);
        }

        assertThat(Guesser.type(page, pat.username(), pat.password()).status()).isEqualTo(429);
    }

    @Test
    @AllowedInLog({"org\\.infinispan", "org\\.jgroups"})
    void whatWasCountedSurvivesTheNodeThatCountedIt() {
        List<Bucket> buckets = IntStream.range(0, 40)
                .mapToObj(i -> bucket(Bucket.Area.TYPED, "kill." + i + "." + UUID.randomUUID()))
                .toList();
        buckets.forEach(bucket -> {
            for (int i = 0; i < 5; i++) {
                assertThat(store(1).take(bucket)).isInstanceOf(PermitStore.Answer.Taken.class);
            }
        });

        gatehouse.node(1).kill();

        assertThat(buckets).allSatisfy(bucket -> assertThat(answerOf(store(0), bucket))
                .isInstanceOf(PermitStore.Answer.Full.class));
    }

    /** In the moment in which the other node dies the store may be away: then the limiter asks again later. */
    private static PermitStore.Answer answerOf(ProbedStore store, Bucket bucket) {
        return Eventually.get(() -> tried(store, bucket), Optional::isPresent).orElseThrow();
    }

    private static Optional<PermitStore.Answer> tried(ProbedStore store, Bucket bucket) {
        try {
            return Optional.of(store.take(bucket));
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }

    @Test
    @AllowedInLog({"org\\.infinispan", "org\\.jgroups", "does not answer; until it does"})
    void aFrozenNodeHoldsNobodyUpForASecond() {
        List<Bucket> buckets = IntStream.range(0, 30)
                .mapToObj(i -> bucket(Bucket.Area.ADDRESS, "frozen." + i + "." + UUID.randomUUID()))
                .toList();
        buckets.forEach(store(0)::take);

        gatehouse.node(1).freeze();

        assertThat(buckets).allSatisfy(bucket -> {
            long start = System.nanoTime();
            try {
                store(0).take(bucket);
            } catch (StoreUnavailableException e) {
                // It says so, and in time.
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
        });
        gatehouse.node(1).thaw();
    }

    @Test
    void aFloodOfNamesThatNobodyHasPushesOutNoCounterOfAnAccount() {
        Bucket account = bucket(Bucket.Area.KNOWN, "account." + UUID.randomUUID());
        for (int i = 0; i < 5; i++) {
            assertThat(store(i % 2).take(account)).isInstanceOf(PermitStore.Answer.Taken.class);
        }

        store(0).flood("flood." + UUID.randomUUID() + ".", 5_000);

        assertThat(store(1).take(account)).isInstanceOf(PermitStore.Answer.Full.class);
    }
}
