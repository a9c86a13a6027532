// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.singleuse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link SingleUseStore} promises. Each implementation runs this suite. */
public abstract class SingleUseStoreContract {

    private static final Duration LONG = Duration.ofMinutes(10);

    /** The store under test, with records of other tests in it or not. */
    protected abstract SingleUseStore store();

    /** Lets {@code time} pass for the store. */
    protected abstract void pass(Duration time);

    private static String key() {
        return "contract." + UUID.randomUUID();
    }

    @Test
    void aRecordComesBackAsItWasIssued() {
        String key = key();
        store().issue(key, Map.of("a", "1", "b", "ü \" \n"), LONG);

        assertThat(store().peek(key)).contains(Map.of("a", "1", "b", "ü \" \n"));
        assertThat(store().consume(key)).contains(Map.of("a", "1", "b", "ü \" \n"));
    }

    @Test
    void lookingDoesNotConsume() {
        String key = key();
        store().issue(key, Map.of("a", "1"), LONG);

        for (int i = 0; i < 10; i++) {
            assertThat(store().peek(key)).isPresent();
        }
        assertThat(store().consume(key)).isPresent();
    }

    @Test
    void aConsumedRecordIsGone() {
        String key = key();
        store().issue(key, Map.of("a", "1"), LONG);
        assertThat(store().consume(key)).isPresent();

        assertThat(store().consume(key)).isEmpty();
        assertThat(store().peek(key)).isEmpty();
    }

    @Test
    void whatWasNeverIssuedCannotBeConsumed() {
        assertThat(store().peek(key())).isEmpty();
        assertThat(store().consume(key())).isEmpty();
    }

    @Test
    void aRecordEndsWithItsTime() {
        String key = key();
        store().issue(key, Map.of("a", "1"), Duration.ofSeconds(5));

        pass(Duration.ofSeconds(4));
        assertThat(store().peek(key)).isPresent();
        pass(Duration.ofSeconds(2));
        assertThat(store().peek(key)).isEmpty();
        assertThat(store().consume(key)).isEmpty();
    }

    @Test
    void aClaimIsWonOnceUntilItsTimeIsOver() {
        String key = key();

        assertThat(store().claim(key, Duration.ofSeconds(5))).isTrue();
        assertThat(store().claim(key, Duration.ofSeconds(5))).isFalse();
        pass(Duration.ofSeconds(4));
        assertThat(store().claim(key, LONG)).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(store().claim(key, LONG))
                .as("a lost claim must not extend the wait")
                .isTrue();
    }

    @RepeatedTest(5)
    void ofManyConcurrentConsumersExactlyOneGetsTheRecord() throws Exception {
        String key = key();
        store().issue(key, Map.of("a", "1"), LONG);

        assertThat(race(() -> store().consume(key).isPresent()))
                .filteredOn(Boolean.TRUE::equals)
                .hasSize(1);
    }

    @RepeatedTest(5)
    void ofManyConcurrentClaimsExactlyOneWins() throws Exception {
        String key = key();

        assertThat(race(() -> store().claim(key, LONG)))
                .filteredOn(Boolean.TRUE::equals)
                .hasSize(1);
    }

    private static List<Boolean> race(Callable<Boolean> attempt) throws Exception {
        int racers = 16;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(racers);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return attempt.call();
                }));
            }
            start.countDown();
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> future : running) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
