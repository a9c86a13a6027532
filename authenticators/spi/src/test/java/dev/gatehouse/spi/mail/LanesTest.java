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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class LanesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final HandWorked hands = new HandWorked();
    private final Deque<Runnable> inHand = hands.inHand;
    private final List<String> ran = new ArrayList<>();

    /** A job that does one step, then whatever is in {@code nexts}; a stop is one step more. */
    private class Row implements Lanes.Job {

        private final String name;
        private final Deque<Next> nexts;

        Row(String name, Next... nexts) {
            this.name = name;
            this.nexts = new ArrayDeque<>(List.of(nexts));
        }

        @Override
        public Supplier<Next> step(Turn turn) {
            ran.add(name);
            return this::next;
        }

        private Next next() {
            return nexts.isEmpty() ? Next.DONE : nexts.removeFirst();
        }

        @Override
        public Next overdue() {
            ran.add(name + " overdue");
            return next();
        }

        @Override
        public Next stop() {
            ran.add(name + " stops");
            nexts.clear();
            return Next.NOW;
        }
    }

    /** A job whose first step takes longer than the limit and ends then, whoever interrupts it. */
    private class Slow extends Row {

        private boolean first = true;

        Slow(String name, Next... nexts) {
            super(name, nexts);
        }

        @Override
        public Supplier<Next> step(Turn turn) {
            Supplier<Next> outcome = super.step(turn);
            if (first) {
                first = false;
                hands.pass(LIMIT);
                whileLate.run();
                assertThat(Thread.interrupted()).as("interrupted").isTrue();
            }
            return outcome;
        }
    }

    /** What happens between the limit of a slow job and its end. */
    private Runnable whileLate = () -> {};

    private Lanes lanes(int threads, int capacity) {
        return new Lanes(hands, hands, threads, capacity, LIMIT);
    }

    /** Adds jobs with names such as {@code "a1"}, in lanes that are their first letter. */
    private boolean add(Lanes lanes, String... names) {
        boolean taken = true;
        for (String name : names) {
            taken &= add(lanes, new Row(name));
        }
        return taken;
    }

    private boolean add(Lanes lanes, Row job) {
        return lanes.add(job.name.substring(0, 1), job);
    }

    private void endAll() {
        hands.endAll();
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
        lanes.add("a", new Row("a1") {
            @Override
            public Supplier<Next> step(Turn turn) {
                throw new LinkageError("broken");
            }
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
                on(work -> {
                    if (exhausted.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    inHand.addLast(work);
                }),
                hands,
                2,
                10,
                LIMIT);
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
    void whatIsForgottenIsCountedAndNeverStarts() throws InterruptedException {
        Lanes lanes = lanes(1, 10);
        add(lanes, "a1", "a2", "a3", "b1");
        assertThat(lanes.drain(Duration.ZERO)).isFalse();
        assertThat(lanes.forget()).as("one of them under way").isEqualTo(4);
        endAll();

        assertThat(ran).as("nor what a thread had in hand").isEmpty();
        assertThat(lanes.size()).isZero();
        assertThat(lanes.waiting()).isZero();
        assertThat(lanes.drain(Duration.ZERO)).isTrue();
    }

    @Test
    void aJobKeepsItsThreadForTheStepThatFollowsAtOnce() {
        Lanes lanes = lanes(1, 10);
        add(lanes, new Row("a1", Next.NOW));
        add(lanes, "b1");
        endAll();

        assertThat(ran).containsExactly("a1", "a1", "b1");
    }

    @Test
    void aJobThatWaitsUntilItIsTimeHoldsNoThreadButItsLane() {
        Lanes lanes = lanes(1, 10);
        add(lanes, new Row("a1", Next.after(PAUSE)));
        add(lanes, "a2", "b1");
        endAll();
        assertThat(ran).containsExactly("a1", "b1");
        assertThat(lanes.waiting()).isEqualTo(2);

        hands.pass(PAUSE.minusMillis(1));
        assertThat(inHand).isEmpty();
        hands.pass(Duration.ofMillis(1));
        endAll();
        assertThat(ran).containsExactly("a1", "b1", "a1", "a2");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void aJobThatWaitsUntilItIsTimeTakesAPlace() {
        Lanes lanes = lanes(1, 1);
        add(lanes, new Row("a1", Next.after(PAUSE)));
        endAll();
        assertThat(lanes.waiting()).isEqualTo(1);

        assertThat(add(lanes, "b1")).as("a thread is free").isTrue();
        assertThat(add(lanes, "c1")).isFalse();
        endAll();
        hands.pass(PAUSE);
        endAll();
        assertThat(lanes.waiting()).isZero();
    }

    @Test
    void aJobThatIsDueGoesBehindAllThatWait() {
        Lanes lanes = lanes(1, 10);
        add(lanes, new Row("a1", Next.after(PAUSE)));
        endAll();
        add(lanes, "b1", "c1");
        hands.pass(PAUSE);
        endAll();

        assertThat(ran).containsExactly("a1", "b1", "c1", "a1");
    }

    @Test
    void aStepThatEndsInTimeLeavesNoAlarm() {
        Lanes lanes = lanes(1, 10);
        add(lanes, "a1");
        endAll();

        assertThat(hands.alarms()).isZero();
        assertThat(hands.lost).isEmpty();
    }

    @Test
    void aStepThatTakesTooLongIsInterruptedAndItsLaneGoesOnOnAnotherThread() {
        Lanes lanes = lanes(2, 10);
        add(lanes, new Slow("a1"));
        add(lanes, "a2");
        whileLate = () -> {
            assertThat(ran).containsExactly("a1", "a1 overdue");
            assertThat(inHand).as("a2, on another thread").hasSize(1);
            assertThat(hands.lost).containsExactly(1);
        };
        endAll();

        assertThat(ran).containsExactly("a1", "a1 overdue", "a2");
        assertThat(hands.lost).containsExactly(1, 0);
        assertThat(hands.exhausted).isZero();
        assertThat(hands.alarms()).isZero();
        assertThat(lanes.size()).isZero();
    }

    @Test
    void aLateEndOfAStepChangesNothing() {
        Lanes lanes = lanes(1, 10);
        add(lanes, new Slow("a1", Next.after(PAUSE), Next.NOW));
        endAll();
        assertThat(ran).containsExactly("a1", "a1 overdue");

        hands.pass(PAUSE);
        endAll();
        assertThat(ran).as("asked what comes next once a turn").containsExactly("a1", "a1 overdue", "a1", "a1");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void whileAsManyThreadsAsThereMayBeAreLostNothingStartsAndThatIsToldOnce() {
        Lanes lanes = lanes(1, 10);
        add(lanes, new Slow("a1"));
        add(lanes, "b1");
        whileLate = () -> {
            assertThat(hands.exhausted).isEqualTo(1);
            assertThat(inHand).isEmpty();
            assertThat(add(lanes, "c1")).as("it waits").isTrue();
            assertThat(inHand).isEmpty();
        };
        endAll();

        assertThat(hands.exhausted).isEqualTo(1);
        assertThat(ran).containsExactly("a1", "a1 overdue", "b1", "c1");
    }

    @Test
    void aStepInTheMiddleOfACommitIsAskedAgainAMomentLater() {
        Lanes lanes = lanes(1, 10);
        add(lanes, new Row("a1") {
            @Override
            public Supplier<Next> step(Turn turn) {
                turn.beforeWork();
                turn.beforeCommit();
                hands.pass(LIMIT.plusSeconds(1));
                assertThat(ran).as("it has its turn").isEmpty();
                turn.afterWork();
                hands.pass(Duration.ofSeconds(1));
                assertThat(ran).containsExactly("a1 overdue");
                assertThat(Thread.interrupted()).isTrue();
                return super.step(turn);
            }
        });
        endAll();

        assertThat(hands.alarms()).isZero();
        assertThat(lanes.size()).isZero();
    }

    @Test
    void whatWaitsUntilItIsTimeGoesOnAtOnceWhenItIsDrained() throws InterruptedException {
        Lanes lanes = lanes(2, 10);
        add(lanes, new Row("a1", Next.after(PAUSE)));
        add(lanes, "a2");
        endAll();
        assertThat(lanes.drain(Duration.ZERO)).isFalse();
        assertThat(hands.alarms()).isZero();
        endAll();

        assertThat(ran).containsExactly("a1", "a1", "a2");
        assertThat(lanes.drain(Duration.ZERO)).isTrue();
    }

    @Test
    void nothingWaitsUntilItIsTimeAfterTheDrain() throws InterruptedException {
        Lanes lanes = lanes(2, 10);
        add(lanes, new Row("a1", Next.NOW, Next.after(PAUSE)));
        assertThat(lanes.drain(Duration.ZERO)).isFalse();
        endAll();

        assertThat(ran).containsExactly("a1", "a1", "a1 stops", "a1");
        assertThat(lanes.drain(Duration.ZERO)).isTrue();
    }

    @Test
    void aStopTakesAllTurnsAwayAndLetsEveryJobDoItsLastStep() throws InterruptedException {
        Lanes lanes = lanes(1, 10);
        add(lanes, "a1", "a2", "b1");
        assertThat(lanes.drain(Duration.ZERO)).isFalse();
        Runnable stuck = inHand.removeFirst();
        assertThat(lanes.stop(Duration.ZERO)).isEqualTo(new Lanes.Left(3, 3));
        assertThat(ran).containsExactlyInAnyOrder("a1 stops", "a2 stops", "b1 stops");
        assertThat(inHand)
                .as("the limit on lost threads does not count any more")
                .hasSize(1);
        assertThat(hands.exhausted).isZero();

        stuck.run();
        endAll();
        assertThat(ran).as("the time for that was over").hasSize(3);
    }

    @Test
    void manyThreadsLoseNothingAndMixNothingUp() throws InterruptedException {
        int callers = 8;
        int jobs = 500;
        ExecutorService pool = Executors.newFixedThreadPool(4);
        Lanes lanes = new Lanes(on(pool), (delay, work) -> () -> {}, 4, callers * jobs, LIMIT);
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
                    boolean taken = lanes.add(lane, new Row(lane) {
                        private boolean prepared;

                        @Override
                        public Supplier<Next> step(Turn turn) {
                            if (!busy.compareAndSet(false, true)) {
                                overlaps.incrementAndGet();
                            }
                            boolean last = prepared;
                            prepared = true;
                            if (last) {
                                seen.add(number);
                            }
                            busy.set(false);
                            return () -> last ? Next.DONE : Next.NOW;
                        }
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

    private static Lanes.Threads on(Executor pool) {
        return new Lanes.Threads() {
            @Override
            public void run(Runnable work) {
                pool.execute(work);
            }

            @Override
            public void lost(int count) {}

            @Override
            public void exhausted() {}
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
