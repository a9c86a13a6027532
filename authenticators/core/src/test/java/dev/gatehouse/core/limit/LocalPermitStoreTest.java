// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

import dev.gatehouse.core.time.MovedTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalPermitStoreTest extends PermitStoreContract {

    private final MovedTime time = new MovedTime();
    private final LocalPermitStore store = new LocalPermitStore(time, 100);

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

    private static Bucket bucket(Bucket.Area area, String key) {
        return new Bucket("rule", new Rate(1, Duration.ofDays(1)), area, key, List.of("subject"));
    }

    @Test
    void aMillionKeysOfStrangersEvictNoCounterOfAnAreaThatTheyCannotFill() {
        Bucket victim = bucket(Bucket.Area.KNOWN, "user");
        store.take(victim);
        Random random = new Random(3);
        for (int i = 0; i < 1_000_000; i++) {
            Bucket.Area area = i % 2 == 0 ? Bucket.Area.TYPED : Bucket.Area.ADDRESS;
            store.take(bucket(area, Long.toString(random.nextLong())));
        }

        assertThat(store.take(victim)).isInstanceOf(PermitStore.Answer.Full.class);
        assertThat(store.size()).isEqualTo(201);
    }

    @Test
    void theCounterThatWasUsedLongestAgoMakesRoom() {
        for (int i = 0; i < 100; i++) {
            store.take(bucket(Bucket.Area.TYPED, "key" + i));
        }
        // A refusal and a look are uses.
        store.take(bucket(Bucket.Area.TYPED, "key0"));
        store.peek(bucket(Bucket.Area.TYPED, "key1"));
        store.take(bucket(Bucket.Area.TYPED, "one more"));

        assertThat(store.peek(bucket(Bucket.Area.TYPED, "key0"))).isPositive();
        assertThat(store.peek(bucket(Bucket.Area.TYPED, "key1"))).isPositive();
        assertThat(store.peek(bucket(Bucket.Area.TYPED, "key2"))).isZero();
        assertThat(store.size()).isEqualTo(100);
    }

    @Test
    void looksAndGiftsKeepNothing() {
        for (int i = 0; i < 100; i++) {
            store.peek(bucket(Bucket.Area.TYPED, "key" + i));
            store.giveBack(bucket(Bucket.Area.TYPED, "key" + i), "1.1");
        }
        assertThat(store.size()).isZero();

        Bucket bucket = bucket(Bucket.Area.KNOWN, "user");
        store.giveBack(bucket, ((PermitStore.Answer.Taken) store.take(bucket)).permit());
        assertThat(store.size()).isZero();
    }

    @Test
    void clearingManySubjectsIsBoundedAndOnlyMakesStricter() {
        Bucket bucket = bucket(Bucket.Area.KNOWN, "user");
        store.take(bucket);
        store.clear("subject", Duration.ofDays(1));
        for (int i = 0; i < 100; i++) {
            store.clear("subject" + i, Duration.ofDays(1));
        }

        assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
    }

    @Test
    void aTryThatWentThroughElsewhereCountsWhetherThereIsRoomOrNot() {
        Bucket bucket = new Bucket("rule", new Rate(2, Duration.ofMinutes(1)), Bucket.Area.KNOWN, "user", List.of());
        store.record(bucket);
        time.pass(Duration.ofSeconds(10));
        store.record(bucket);
        time.pass(Duration.ofSeconds(10));
        String third = store.record(bucket);

        assertThat(store.peek(bucket)).as("of the newest two the older one").isEqualTo(Duration.ofSeconds(50));
        store.giveBack(bucket, third);
        assertThat(store.peek(bucket)).isZero();
    }
}
