// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.SlidingLog;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.Stub;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.infinispan.Cache;
import org.infinispan.commons.CacheException;
import org.infinispan.commons.IllegalLifecycleStateException;
import org.infinispan.commons.TimeoutException;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.AvailabilityException;
import org.infinispan.persistence.spi.PersistenceException;
import org.infinispan.remoting.transport.jgroups.SuspectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What the store does when its caches fail, hang, or are crowded. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // A stub's answer is any object.
class InfinispanFailuresTest {

    private static final Rate RATE = new Rate(3, Duration.ofMinutes(1));

    private final MovedTime time = new MovedTime();
    private final Bucket bucket = new Bucket("rule", RATE, Bucket.Area.TYPED, "key", List.of("user"));

    @SuppressWarnings("rawtypes") // An interface's class has no type arguments.
    private final Stub<Cache> cache = Stub.of(Cache.class);

    private final PermitStore store = store();

    private PermitStore store() {
        EmbeddedCacheManager manager = Stub.of(EmbeddedCacheManager.class)
                .is(
                        "getCacheManagerConfiguration",
                        new GlobalConfigurationBuilder().nonClusteredDefault().build())
                .is("cacheConfigurationExists", false)
                .is("defineConfiguration", null)
                .on("getCache", call -> cache.get())
                .get();
        InfinispanCaches caches = InfinispanCaches.open(
                manager, Map.of(Bucket.Area.KNOWN, 1, Bucket.Area.TYPED, 1, Bucket.Area.ADDRESS, 1));
        return new InfinispanPermitStore(caches, time, new SecureRandom());
    }

    private void everyOperation(Stub.Answer answer) {
        List.of("getAsync", "putAsync", "putIfAbsentAsync", "replaceAsync", "removeAsync")
                .forEach(operation -> cache.on(operation, answer));
    }

    private List<ThrowingCallable> everyMethod() {
        return List.of(
                () -> store.take(bucket),
                () -> store.giveBack(bucket, "1.1"),
                () -> store.peek(bucket),
                () -> store.clear("user", Duration.ofMinutes(1)));
    }

    @Test
    void whateverInfinispanThrowsMeansThatTheStoreIsAway() {
        for (CacheException failure : List.of(
                new TimeoutException("no answer"),
                new SuspectException("gone"),
                new AvailabilityException("split"),
                new PersistenceException("disk"),
                new IllegalLifecycleStateException("stopped"),
                new CacheException("anything"))) {
            for (ThrowingCallable method : everyMethod()) {
                everyOperation(call -> CompletableFuture.failedFuture(failure));
                assertThatExceptionOfType(StoreUnavailableException.class)
                        .isThrownBy(method)
                        .withMessage("The caches of permits did not answer")
                        .withCause(failure);
                everyOperation(call -> {
                    throw failure;
                });
                assertThatExceptionOfType(StoreUnavailableException.class)
                        .isThrownBy(method)
                        .withCause(failure);
            }
        }
    }

    @Test
    void whatIsNotOfInfinispanIsAMistakeAndNoReasonToCountElsewhere() {
        everyOperation(call -> CompletableFuture.failedFuture(new ClassCastException()));
        for (ThrowingCallable method : everyMethod()) {
            assertThatIllegalStateException().isThrownBy(method);
        }
    }

    @Test
    void aCacheThatNeverAnswersTakesLessThanASecond() {
        everyOperation(call -> new CompletableFuture<>());
        // Once to load what is needed.
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.take(bucket));
        for (ThrowingCallable method : everyMethod()) {
            long begin = System.nanoTime();
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(method);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(700), Duration.ofSeconds(1));
        }
    }

    @Test
    void aThreadThatIsInterruptedStopsWaitingAndStaysInterrupted() {
        everyOperation(call -> new CompletableFuture<>());
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.take(bucket));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aCrowdIsARefusalAndNoFailure() {
        AtomicInteger others = new AtomicInteger();
        everyOperation(call -> CompletableFuture.completedFuture(null));
        cache.on("replaceAsync", call -> CompletableFuture.completedFuture(false))
                .on("removeAsync", call -> CompletableFuture.completedFuture(false))
                // There is always room, and somebody else always comes first.
                .on("putIfAbsentAsync", call -> CompletableFuture.completedFuture(another(others)));

        assertThat(store.take(bucket)).isEqualTo(new PermitStore.Answer.Full(Duration.ofSeconds(1)));
        assertThat(others.get()).isBetween(10, 200);
    }

    @Test
    void aCrowdThatIsSlowIsARefusalWithinASecond() {
        AtomicInteger others = new AtomicInteger();
        everyOperation(call -> CompletableFuture.completedFuture(null));
        cache.on("replaceAsync", call -> CompletableFuture.completedFuture(false))
                .on("putIfAbsentAsync", call -> {
                    Thread.sleep(30);
                    return CompletableFuture.completedFuture(another(others));
                });

        long begin = System.nanoTime();
        assertThat(store.take(bucket)).isEqualTo(new PermitStore.Answer.Full(Duration.ofSeconds(1)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(1));
    }

    @Test
    void aPermitThatCannotBeGivenBackInACrowdStaysCounted() {
        String text =
                SlidingLog.EMPTY.with(time.millis(), 1).with(time.millis(), 2).text();
        AtomicInteger tries = new AtomicInteger();
        cache.on("getAsync", call -> CompletableFuture.completedFuture(text)).on("replaceAsync", call -> {
            tries.incrementAndGet();
            return CompletableFuture.completedFuture(false);
        });

        store.giveBack(bucket, SlidingLog.permit(time.millis(), 1));
        assertThat(tries.get()).isBetween(10, 200);
    }

    @Test
    void aTryThatWasWrittenAlthoughNobodySaidSoIsCountedOnce() {
        List<String> written = new ArrayList<>();
        everyOperation(call -> CompletableFuture.completedFuture(null));
        cache.on(
                        "getAsync",
                        call -> CompletableFuture.completedFuture(
                                call.text(0).equals("key")
                                        ? SlidingLog.EMPTY
                                                .with(time.millis(), 1)
                                                .text()
                                        : null))
                .on("replaceAsync", call -> {
                    // A node wrote and died; the one that takes over says that nothing was replaced.
                    written.add(call.text(2));
                    return CompletableFuture.completedFuture(false);
                })
                .on("putIfAbsentAsync", call -> CompletableFuture.completedFuture(written.get(0)));

        PermitStore.Answer.Taken taken = (PermitStore.Answer.Taken) store.take(bucket);
        assertThat(taken.left()).isEqualTo(1);
        assertThat(SlidingLog.parse(written.get(0)).without(taken.permit()).text())
                .isEqualTo(SlidingLog.EMPTY.with(time.millis(), 1).text());
    }

    private String another(AtomicInteger others) {
        return SlidingLog.EMPTY.with(time.millis(), others.incrementAndGet()).text();
    }
}
