// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.time.MovedTime;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MovedTime time = new MovedTime();
    private final Breaker breaker = new Breaker(time, PAUSE);

    @Test
    void whileTheStoreWorksEverybodyMayAsk() {
        for (int i = 0; i < 3; i++) {
            assertThat(breaker.letsThrough()).isTrue();
            assertThat(breaker.worked()).isFalse();
        }
    }

    @Test
    void afterTheFirstFailureNobodyMayAskForThePause() {
        assertThat(breaker.failed()).isTrue();

        assertThat(breaker.letsThrough()).isFalse();
        time.pass(PAUSE.minusMillis(1));
        assertThat(breaker.letsThrough()).isFalse();
        time.pass(Duration.ofMillis(1));
        assertThat(breaker.letsThrough()).isTrue();
    }

    @Test
    void oneAsksAfterEachPauseAndTheOthersWaitForItsAnswer() {
        breaker.failed();
        for (int i = 0; i < 3; i++) {
            time.pass(PAUSE);
            assertThat(breaker.letsThrough()).isTrue();
            assertThat(breaker.letsThrough()).isFalse();
            assertThat(breaker.failed()).as("it was away before").isFalse();
            assertThat(breaker.letsThrough()).isFalse();
        }
        time.pass(PAUSE);
        assertThat(breaker.letsThrough()).isTrue();
        assertThat(breaker.worked()).isTrue();
        assertThat(breaker.letsThrough()).isTrue();
        assertThat(breaker.letsThrough()).isTrue();
    }

    @Test
    void whoeverAskedAndNeverCameBackDoesNotShutTheStoreForEver() {
        breaker.failed();
        time.pass(PAUSE);
        assertThat(breaker.letsThrough()).isTrue();

        time.pass(PAUSE);
        assertThat(breaker.letsThrough()).isTrue();
    }

    @Test
    void aChangeIsToldOnce() {
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.worked()).isTrue();
        assertThat(breaker.worked()).isFalse();
        assertThat(breaker.failed()).isTrue();
    }

    @RepeatedTest(20)
    void ofManyThatAskAtTheEndOfAPauseExactlyOneMay() throws Exception {
        breaker.failed();
        time.pass(PAUSE);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return breaker.letsThrough();
                }));
            }
            start.countDown();
            int through = 0;
            for (Future<Boolean> future : running) {
                through += future.get() ? 1 : 0;
            }
            assertThat(through).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
    }
}
