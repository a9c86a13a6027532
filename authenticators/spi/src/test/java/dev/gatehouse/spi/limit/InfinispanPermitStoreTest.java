// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.PermitStoreContract;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.time.MovedTime;
import org.infinispan.container.entries.CacheEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The store on a server that is alone. */
class InfinispanPermitStoreTest extends PermitStoreContract {

    private static final CacheNode NODE = CacheNode.alone();

    private final MovedTime time = new MovedTime();
    private final PermitStore store = NODE.store(time);

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @Override
    protected PermitStore store() {
        return store;
    }

    @Override
    protected InstantSource clock() {
        return time;
    }

    @Override
    protected void passTime(Duration passed) {
        time.pass(passed);
    }

    private static Bucket bucket(Bucket.Area area, String key, int permits, Duration window) {
        return new Bucket("rule", new Rate(permits, window), area, key, List.of("user"));
    }

    private long lifespan(Bucket bucket) {
        CacheEntry<String, String> entry =
                NODE.counters(bucket.area()).getAdvancedCache().getCacheEntry(bucket.key());
        return entry.getLifespan();
    }

    @Test
    void aCounterLivesASecondLongerThanTheWindowOfItsNewestTry() {
        Bucket bucket = bucket(Bucket.Area.TYPED, "lifespan", 3, Duration.ofMinutes(2));
        store.take(bucket);
        assertThat(lifespan(bucket)).isEqualTo(121_000);

        String permit = ((PermitStore.Answer.Taken) store.take(bucket)).permit();
        assertThat(lifespan(bucket)).isEqualTo(121_000);
        store.giveBack(bucket, permit);
        assertThat(lifespan(bucket)).isEqualTo(121_000);
        store.clear("user", Duration.ofMinutes(2));
        assertThat(NODE.manager()
                        .getCache(InfinispanCaches.CLEARED)
                        .getAdvancedCache()
                        .getCacheEntry("user")
                        .getLifespan())
                .isEqualTo(121_000);
    }

    @Test
    void aCounterThatHoldsNothingIsRemoved() {
        Bucket bucket = bucket(Bucket.Area.TYPED, "empty", 3, Duration.ofMinutes(1));
        String permit = ((PermitStore.Answer.Taken) store.take(bucket)).permit();
        assertThat(NODE.counters(Bucket.Area.TYPED)).containsKey("empty");

        store.giveBack(bucket, permit);
        assertThat(NODE.counters(Bucket.Area.TYPED)).doesNotContainKey("empty");
        store.giveBack(bucket, permit);
        store.peek(bucket);
        assertThat(NODE.counters(Bucket.Area.TYPED)).doesNotContainKey("empty");
    }

    @Test
    void aCounterEndsInRealTime() {
        InstantSource real = InstantSource.system();
        PermitStore living = NODE.store(real);
        Bucket bucket = bucket(Bucket.Area.TYPED, "real", 1, Duration.ofSeconds(1));
        living.take(bucket);
        assertThat(living.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);

        sleep(Duration.ofMillis(1010));
        assertThat(living.take(bucket)).isInstanceOf(PermitStore.Answer.Taken.class);
        sleep(Duration.ofMillis(2100));
        assertThat(NODE.counters(Bucket.Area.TYPED)).doesNotContainKey("real");
    }

    @Test
    void manyKeysOfStrangersAreBoundedAndEvictNoCounterOfAnotherArea() {
        try (CacheNode small = CacheNode.alone()) {
            PermitStore bounded = small.store(time, 1000);
            Bucket victim = bucket(Bucket.Area.KNOWN, "user", 1, Duration.ofHours(1));
            bounded.clear("user", Duration.ofHours(1));
            bounded.take(victim);
            for (int i = 0; i < 5_000; i++) {
                bounded.take(bucket(Bucket.Area.TYPED, "typed" + i, 1, Duration.ofHours(1)));
                bounded.take(bucket(Bucket.Area.ADDRESS, "address" + i, 1, Duration.ofHours(1)));
            }

            assertThat(bounded.take(victim)).isInstanceOf(PermitStore.Answer.Full.class);
            assertThat(small.counters(Bucket.Area.TYPED).size()).isLessThanOrEqualTo(1000);
            assertThat(small.counters(Bucket.Area.ADDRESS).size()).isLessThanOrEqualTo(1000);
            assertThat(small.manager().getCache(InfinispanCaches.CLEARED).size())
                    .isEqualTo(1);
        }
    }
}
