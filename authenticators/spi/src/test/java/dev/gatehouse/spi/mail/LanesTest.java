// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class LanesTest {

    /** The jobs that threads have in hand, in a world in which a job ends when the test says so. */
    private final Deque<Runnable> inHand = new ArrayDeque<>();

    private final List<String> ran = new ArrayList<>();

    private Lanes lanes(int threads, int capacity) {
        return new Lanes(inHand::addLast, threads, capacity);
    }

    /** Adds jobs with names such as {@code "a1"}, in lanes that are their first letter. */
    private boolean add(Lanes lanes, String... names) {
        boolean taken = true;
        for (String name : names) {
            taken &= lanes.add(name.substring(0, 1), () -> ran.add(name));
        }
        return taken;
    }

    /** Lets the threads end all jobs, the oldest first. */
    private void endAll() {
        while (!inHand.isEmpty()) {
            inHand.removeFirst().run();
        }
    }

    @Test
    void aLaneTakesOneThreadHoweverManyAreFree() {
        Lanes lanes = lanes(4, 10);
        add(lanes, "a1", "a2", "a3");
        assertThat(inHand).hasSize(1);

        inHand.removeFirst().run();
        assertThat(inHand).hasSize(1);
        assertThat(ran).containsExactly("a1");
    }

    @Test
    void noMoreJobsAreHandedOverThanThereAreThreads() {
        Lanes lanes = lanes(2, 10);
        add(lanes, "a1", "b1", "c1", "d1");
        assertThat(inHand).hasSize(2);

        inHand.removeFirst().run();
        assertThat(inHand).hasSize(2);
    }

    @Test
    void theJobsOfALaneKeepTheirOrder() {
        Lanes lanes = lanes(2, 10);
        add(lanes, "a1", "a2", "b1", "a3", "b2");
        endAll();

        assertThat(ran).containsSubsequence("a1", "a2", "a3").containsSubsequence("b1", "b2");
        assertThat(ran).hasSize(5);
    }

    @Test
    void aLaneFillsNoMoreThanAQuarterOfTheWaitingPlaces() {
        Lanes lanes = lanes(2, 8);

        assertThat(add(lanes, "a1", "a2", "a3")).as("one runs, two wait").isTrue();
        assertThat(add(lanes, "a4")).isFalse();
        assertThat(add(lanes, "b1", "b2", "b3"))
                .as("others are not touched by it")
                .isTrue();
        endAll();
        assertThat(ran).containsExactlyInAnyOrder("a1", "a2", "a3", "b1", "b2", "b3");
        assertThat(add(lanes, "a5")).isTrue();
    }

    @Test
    void withOneThreadTheLanesTakeTurns() {
        Lanes lanes = lanes(1, 20);
        add(lanes, "a1", "a2", "a3", "a4", "b1", "b2", "c1");
        endAll();

        assertThat(ran).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
    }

    @Test
    void aLaneThatIsNewWaitsForOneJobOfALongOneAtMost() {
        Lanes lanes = lanes(1, 10);
        add(lanes, "a1", "a2", "a3");
        inHand.removeFirst().run();
        add(lanes, "b1");
        endAll();

        assertThat(ran).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void thePlacesAreThoseOfAllLanesTogetherAndARunningJobTakesNone() {
        Lanes lanes = lanes(2, 3);
        assertThat(add(lanes, "a1", "b1", "a2", "b2", "c1")).isTrue();
        assertThat(lanes.waiting()).isEqualTo(3);
        assertThat(add(lanes, "a3")).isFalse();
        assertThat(add(lanes, "d1")).isFalse();

        inHand.removeFirst().run();
        assertThat(lanes.waiting()).isEqualTo(2);
        assertThat(add(lanes, "d2")).isTrue();
        assertThat(add(lanes, "d3")).isFalse();

        endAll();
        assertThat(ran).containsExactlyInAnyOrder("a1", "b1", "a2", "b2", "c1", "d2");
    }

    @Test
    void aJobThatNeedNotWaitNeedsNoPlace() {
        Lanes lanes = lanes(2, 1);
        assertThat(add(lanes, "a1", "a2")).isTrue();
        assertThat(add(lanes, "a3")).isFalse();
        assertThat(add(lanes, "b1")).isTrue();
        assertThat(inHand).hasSize(2);
        assertThat(lanes.waiting()).isEqualTo(1);
    }

    @Test
    void aRefusedJobLeavesNothingBehind() {
        Lanes lanes = lanes(1, 1);
        add(lanes, "a1", "a2", "b1");
        assertThat(lanes.size()).isEqualTo(1);

        endAll();
        assertThat(ran).containsExactly("a1", "a2");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void aLaneIsForgottenAfterItsLastJob() {
        Lanes lanes = lanes(2, 10);
        add(lanes, "a1", "a2", "b1", "c1");
        assertThat(lanes.size()).isEqualTo(3);

        endAll();
        assertThat(lanes.size()).isZero();
        assertThat(lanes.waiting()).isZero();
    }

    @Test
    void aJobThatThrowsEndsLikeAnyOther() {
        Lanes lanes = lanes(1, 10);
        lanes.add("a", () -> {
            throw new LinkageError("broken");
        });
        add(lanes, "a2", "b1");

        assertThatExceptionOfType(LinkageError.class)
                .isThrownBy(() -> inHand.removeFirst().run());
        endAll();
        assertThat(ran).containsExactly("b1", "a2");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void aJobForWhichNoThreadCouldBeHadIsKept() {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        Lanes lanes = new Lanes(
                work -> {
                    if (exhausted.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    inHand.addLast(work);
                },
                2,
                10);
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> add(lanes, "a1"));
        exhausted.set(false);
        add(lanes, "a2");
        endAll();

        assertThat(ran).containsExactly("a1", "a2");
    }

    @Test
    void nothingIsTakenAfterTheEnd() throws InterruptedException {
        Lanes lanes = lanes(1, 10);
        assertThat(lanes.drain(Duration.ZERO)).isTrue();

        assertThat(add(lanes, "a1")).isFalse();
        assertThat(inHand).isEmpty();
        assertThat(lanes.size()).isZero();
    }

    @Test
    void itIsDrainedWhenTheLastJobOfTheLastLaneHasEnded() throws InterruptedException {
        Lanes lanes = lanes(2, 10);
        add(lanes, "a1", "a2", "b1");
        for (int left = 3; left > 0; left--) {
            assertThat(lanes.drain(Duration.ZERO)).isFalse();
            inHand.removeFirst().run();
        }
        assertThat(lanes.drain(Duration.ZERO)).isTrue();
        assertThat(ran).containsExactly("a1", "b1", "a2");
    }

    @Test
    void whatIsAbandonedIsCountedAndNeverStarts() throws InterruptedException {
        Lanes lanes = lanes(1, 10);
        add(lanes, "a1", "a2", "a3", "b1");
        assertThat(lanes.drain(Duration.ZERO)).isFalse();
        assertThat(lanes.abandon()).isEqualTo(3);
        endAll();

        assertThat(ran).containsExactly("a1");
        assertThat(lanes.size()).isZero();
        assertThat(lanes.drain(Duration.ZERO)).isTrue();
    }

    @Test
    void manyThreadsLoseNothingAndMixNothingUp() throws InterruptedException {
        int callers = 8;
        int jobs = 500;
        ExecutorService pool = Executors.newFixedThreadPool(4);
        Lanes lanes = new Lanes(pool, 4, callers * jobs);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        Map<String, List<Integer>> order = new HashMap<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            String lane = "lane " + caller;
            List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
            order.put(lane, seen);
            AtomicBoolean busy = new AtomicBoolean();
            Thread thread = new Thread(() -> {
                awaitQuietly(start);
                for (int i = 0; i < jobs; i++) {
                    int number = i;
                    boolean taken = lanes.add(lane, () -> {
                        if (!busy.compareAndSet(false, true)) {
                            overlaps.incrementAndGet();
                        }
                        seen.add(number);
                        busy.set(false);
                    });
                    if (!taken) {
                        refused.incrementAndGet();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(lanes.drain(Duration.ofSeconds(30))).isTrue();
        pool.shutdown();
        assertThat(refused).hasValue(0);
        assertThat(overlaps).hasValue(0);
        assertThat(order.values())
                .allSatisfy(seen -> assertThat(seen).hasSize(jobs).isSorted());
        assertThat(lanes.size()).isZero();
        assertThat(lanes.waiting()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
