// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.PermitStoreContract;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.core.time.MovedTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The store on two nodes; each call of the contract goes to another one. */
@Timeout(180)
class InfinispanClusterTest extends PermitStoreContract {

    private static final String CLUSTER = "limits-" + UUID.randomUUID();
    private static final CacheNode FIRST = CacheNode.in(CLUSTER, "first");
    private static final CacheNode SECOND = CacheNode.in(CLUSTER, "second");

    private final MovedTime time = new MovedTime();
    private final List<PermitStore> nodes = List.of(FIRST.store(time), SECOND.store(time));
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeAll
    static void meet() throws InterruptedException {
        MovedTime any = new MovedTime();
        FIRST.store(any);
        SECOND.store(any);
        for (Bucket.Area area : Bucket.Area.values()) {
            FIRST.awaitOwners(area, 2);
            SECOND.awaitOwners(area, 2);
        }
    }

    @AfterAll
    static void stop() {
        SECOND.close();
        FIRST.close();
    }

    @Override
    protected PermitStore store() {
        return nodes.get(calls.getAndIncrement() % nodes.size());
    }

    @Override
    protected InstantSource clock() {
        return time;
    }

    @Override
    protected void passTime(Duration passed) {
        time.pass(passed);
    }

    private static Bucket bucket(int permits) {
        return new Bucket(
                "rule",
                new Rate(permits, Duration.ofHours(1)),
                Bucket.Area.TYPED,
                UUID.randomUUID().toString(),
                List.of());
    }

    private static boolean goesThrough(PermitStore store, Bucket bucket) {
        return store.take(bucket) instanceof PermitStore.Answer.Taken;
    }

    private static void assertQuick(long begin) {
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whileANodeIsFrozenATryFailsWithinASecondAndWorksAgainAfterwards() {
        PermitStore first = nodes.get(0);
        Bucket bucket = bucket(3);
        assertThat(goesThrough(first, bucket)).isTrue();
        SECOND.freeze();
        try {
            for (int i = 0; i < 3; i++) {
                long begin = System.nanoTime();
                assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> first.take(bucket(3)));
                assertQuick(begin);
            }
            long begin = System.nanoTime();
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> first.clear("user", Duration.ofHours(1)));
            assertQuick(begin);
        } finally {
            SECOND.thaw();
        }

        Bucket after = bucket(1);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        boolean counted = false;
        while (!counted && System.nanoTime() < end) {
            try {
                counted = goesThrough(first, after);
            } catch (StoreUnavailableException e) {
                sleep(Duration.ofMillis(100));
            }
        }
        assertThat(counted).isTrue();
        assertThat(goesThrough(nodes.get(1), after)).isFalse();
    }

    @Test
    void aBurstAtOneCounterWhileANodeIsFrozenWaitsNoLonger() throws Exception {
        Bucket bucket = bucket(5);
        SECOND.freeze();
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<Duration>> running = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                running.add(pool.submit(() -> {
                    long begin = System.nanoTime();
                    try {
                        goesThrough(nodes.get(0), bucket);
                    } catch (StoreUnavailableException e) {
                        // That is what is expected.
                    }
                    return Duration.ofNanos(System.nanoTime() - begin);
                }));
            }
            for (Future<Duration> future : running) {
                assertThat(future.get()).isLessThan(Duration.ofMillis(1100));
            }
        } finally {
            SECOND.thaw();
            pool.shutdown();
        }
    }

    @Test
    void aCopyThatDiffersFromThatOfTheFirstOwnerBlocksNobody() {
        for (CacheNode forgetful : List.of(FIRST, SECOND)) {
            for (PermitStore asked : nodes) {
                Bucket bucket = bucket(3);
                assertThat(goesThrough(asked, bucket)).isTrue();
                assertThat(goesThrough(asked, bucket)).isTrue();
                // As an eviction does, which other owners are not told of.
                forgetful.counters(bucket.area()).evict(bucket.key());

                long begin = System.nanoTime();
                assertThat(goesThrough(asked, bucket)).isTrue();
                assertQuick(begin);
            }
        }
    }

    @Test
    void countersOutliveTheNodeThatCountedThem() throws InterruptedException {
        String cluster = "limits-" + UUID.randomUUID();
        List<Bucket> buckets = new ArrayList<>();
        try (CacheNode staying = CacheNode.in(cluster, "staying")) {
            PermitStore stays = staying.store(time);
            try (CacheNode leaving = CacheNode.in(cluster, "leaving")) {
                PermitStore leaves = leaving.store(time);
                staying.awaitOwners(Bucket.Area.TYPED, 2);
                leaving.awaitOwners(Bucket.Area.TYPED, 2);
                for (int i = 0; i < 40; i++) {
                    Bucket bucket = bucket(2);
                    assertThat(goesThrough(leaves, bucket)).isTrue();
                    assertThat(goesThrough(leaves, bucket)).isTrue();
                    buckets.add(bucket);
                }
            }
            staying.awaitOwners(Bucket.Area.TYPED, 1);
            assertThat(buckets).noneMatch(bucket -> goesThrough(stays, bucket));
        }
    }

    @Test
    void whileNodesJoinACounterStaysExact() throws Exception {
        String cluster = "limits-" + UUID.randomUUID();
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            buckets.add(bucket(4));
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (CacheNode old = CacheNode.in(cluster, "old")) {
            PermitStore counting = old.store(time);
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(pool.submit(() -> {
                    int through = 0;
                    for (int round = 0; round < 5; round++) {
                        for (Bucket bucket : buckets) {
                            through += goesThrough(counting, bucket) ? 1 : 0;
                        }
                    }
                    return through;
                }));
            }
            try (CacheNode joining = CacheNode.in(cluster, "joining")) {
                PermitStore joins = joining.store(time);
                running.add(pool.submit(() -> {
                    int through = 0;
                    for (Bucket bucket : buckets) {
                        through += goesThrough(joins, bucket) ? 1 : 0;
                    }
                    return through;
                }));
                int through = 0;
                for (Future<Integer> future : running) {
                    through += future.get();
                }
                assertThat(through).isEqualTo(4 * buckets.size());
            }
        } finally {
            pool.shutdown();
        }
    }
}
