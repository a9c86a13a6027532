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
            assertThat(breaker.worked(breaker.pass().orElseThrow())).isFalse();
        }
    }

    @Test
    void afterTheFirstFailureNobodyMayAskForThePause() {
        assertThat(breaker.failed()).isTrue();

        assertThat(breaker.pass()).isEmpty();
        time.pass(PAUSE.minusMillis(1));
        assertThat(breaker.pass()).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(breaker.pass()).isPresent();
    }

    @Test
    void oneAsksAfterEachPauseAndTheOthersWaitForItsAnswer() {
        breaker.failed();
        for (int i = 0; i < 3; i++) {
            time.pass(PAUSE);
            assertThat(breaker.pass()).isPresent();
            assertThat(breaker.pass()).isEmpty();
            assertThat(breaker.failed()).as("it was away before").isFalse();
            assertThat(breaker.pass()).isEmpty();
        }
        time.pass(PAUSE);
        assertThat(breaker.worked(breaker.pass().orElseThrow())).isTrue();
        assertThat(breaker.pass()).isPresent();
        assertThat(breaker.pass()).isPresent();
    }

    @Test
    void whoeverAskedAndNeverCameBackDoesNotShutTheStoreForEver() {
        breaker.failed();
        time.pass(PAUSE);
        assertThat(breaker.pass()).isPresent();

        time.pass(PAUSE);
        assertThat(breaker.pass()).isPresent();
    }

    @Test
    void aChangeIsToldOnce() {
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.failed()).isFalse();
        time.pass(PAUSE);
        Breaker.Pass pass = breaker.pass().orElseThrow();
        assertThat(breaker.worked(pass)).isTrue();
        assertThat(breaker.worked(pass)).isFalse();
        assertThat(breaker.failed()).isTrue();
    }

    @Test
    void anAnswerToAQuestionOfBeforeThePauseDoesNotEndIt() {
        Breaker.Pass before = breaker.pass().orElseThrow();
        breaker.failed();

        assertThat(breaker.worked(before)).isFalse();
        assertThat(breaker.pass()).isEmpty();
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
                    return breaker.pass().isPresent();
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
