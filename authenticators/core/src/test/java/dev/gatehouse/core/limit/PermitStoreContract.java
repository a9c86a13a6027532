// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every {@link PermitStore} promises. Each implementation runs this suite, those that live in moved time as well as
 * those on which real time has to pass; for the latter {@link #window} is a few seconds and {@link #grain} a part of one.
 */
public abstract class PermitStoreContract {

    private static final int THREADS = 8;
    private static final int TRIES = 25;

    /** The store under test, with counters of other tests in it or not. */
    protected abstract PermitStore store();

    /** Tells the time of the store. */
    protected abstract InstantSource clock();

    /** Lets {@code time} pass for the store. {@link #sleep} is for stores that live in real time. */
    protected abstract void passTime(Duration time);

    /** The window of the rates. */
    protected Duration window() {
        return Duration.ofMinutes(1);
    }

    /** The shortest time that the store, and the machine that it runs on, can tell apart. */
    protected Duration grain() {
        return Duration.ofMillis(1);
    }

    /** How much longer than the window a try may count, and a counter may be thought full. */
    protected Duration slack() {
        return Duration.ZERO;
    }

    /** Whether the store knows how many are left; otherwise it tells an upper bound. */
    protected boolean knowsWhatIsLeft() {
        return true;
    }

    /** Whether tries that were counted by a higher rate all count by a lower one. */
    protected boolean keepsCountByALowerRate() {
        return true;
    }

    /** Lets real time pass. */
    protected static void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (System.nanoTime() < end) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String unique() {
        return "contract." + UUID.randomUUID();
    }

    private Bucket bucket(int permits, String... subjects) {
        return bucket(permits, Bucket.Area.TYPED, unique(), subjects);
    }

    private Bucket bucket(int permits, Bucket.Area area, String key, String... subjects) {
        return new Bucket("rule", new Rate(permits, window()), area, key, List.of(subjects));
    }

    private static Bucket withRate(Bucket bucket, int permits) {
        return new Bucket(
                bucket.rule(),
                new Rate(permits, bucket.rate().window()),
                bucket.area(),
                bucket.key(),
                bucket.subjects());
    }

    private PermitStore.Answer.Taken take(Bucket bucket) {
        PermitStore.Answer answer = store().take(bucket);
        assertThat(answer).isInstanceOf(PermitStore.Answer.Taken.class);
        return (PermitStore.Answer.Taken) answer;
    }

    private Duration refusedFor(Bucket bucket) {
        PermitStore.Answer answer = store().take(bucket);
        assertThat(answer).isInstanceOf(PermitStore.Answer.Full.class);
        Duration wait = ((PermitStore.Answer.Full) answer).retryAfter();
        assertThat(wait).isPositive();
        return wait;
    }

    private boolean goesThrough(Bucket bucket) {
        return store().take(bucket) instanceof PermitStore.Answer.Taken;
    }

    /** Takes {@code count} permits. */
    private List<String> take(Bucket bucket, int count) {
        List<String> permits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            permits.add(take(bucket).permit());
        }
        return permits;
    }

    private void assertThatExactlyFit(Bucket bucket, int count) {
        take(bucket, count);
        refusedFor(bucket);
    }

    @Test
    void asManyTriesGoThroughAsFitAndThenNoMore() {
        Bucket bucket = bucket(3);

        for (int left = 2; left >= 0; left--) {
            int told = take(bucket).left();
            if (knowsWhatIsLeft()) {
                assertThat(told).isEqualTo(left);
            } else {
                assertThat(told).isBetween(left, 2);
            }
        }
        for (int i = 0; i < 20; i++) {
            refusedFor(bucket);
        }
    }

    @Test
    void everyPermitHasANameOfItsOwn() {
        assertThat(take(bucket(20), 20)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40})
    void ofManyConcurrentTriesExactlyAsManyGoThroughAsFit(int permits) throws Exception {
        Bucket bucket = bucket(permits);

        assertThat(race(() -> goesThrough(bucket)))
                .filteredOn(Boolean.TRUE::equals)
                .hasSize(permits);
        refusedFor(bucket);
    }

    @Test
    void permitsThatComeAndGoConcurrentlyAreNeverMoreThanFit() throws Exception {
        Bucket bucket = bucket(3);
        AtomicInteger out = new AtomicInteger();
        List<Integer> seen = race(() -> {
            if (!(store().take(bucket) instanceof PermitStore.Answer.Taken taken)) {
                return 0;
            }
            int now = out.incrementAndGet();
            // Longer than nothing, so that others try meanwhile.
            store().peek(bucket);
            out.decrementAndGet();
            store().giveBack(bucket, taken.permit());
            return now;
        });

        assertThat(Collections.max(seen)).isBetween(1, 3);
        passTime(slack());
        assertThatExactlyFit(bucket, 3);
    }

    @Test
    void inNoWindowMoreTriesGoThroughThanFit() {
        int permits = 4;
        Bucket bucket = bucket(permits);
        Random random = new Random(7);
        List<Instant> begun = new ArrayList<>();
        List<Instant> ended = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Instant before = clock().instant();
            if (goesThrough(bucket)) {
                begun.add(before);
                ended.add(clock().instant());
            }
            // Four windows in all; sometimes several tries in the same moment.
            passTime(window().multipliedBy(random.nextInt(5)).dividedBy(30));
        }

        assertThat(begun).hasSizeGreaterThan(permits);
        for (int i = permits; i < begun.size(); i++) {
            assertThat(Duration.between(begun.get(i - permits), ended.get(i))).isGreaterThanOrEqualTo(window());
        }
    }

    @Test
    void aFullBudgetAtTheEndOfAMinuteIsNoNewBudgetAtTheBeginningOfTheNext() {
        Bucket bucket = bucket(5);
        take(bucket);
        passTime(window().minus(grain()));
        take(bucket, 4);
        passTime(grain().multipliedBy(2));

        int more = 0;
        for (int i = 0; i < 5; i++) {
            more += goesThrough(bucket) ? 1 : 0;
        }
        assertThat(more).as("only the first try has passed").isLessThanOrEqualTo(1);
    }

    @Test
    void aRefusedTryDoesNotMakeTheWaitLonger() {
        Bucket bucket = bucket(2);
        take(bucket, 2);
        Instant end = clock().instant().plus(window()).plus(slack());
        for (int i = 0; i < 3; i++) {
            passTime(window().dividedBy(4));
            refusedFor(bucket);
        }

        passTime(Duration.between(clock().instant(), end));
        take(bucket);
    }

    @Test
    void theWaitIsThatOfTheOldestTry() {
        Bucket bucket = bucket(2);
        Instant before = clock().instant();
        take(bucket);
        Instant after = clock().instant();
        passTime(window().dividedBy(3));
        take(bucket);
        passTime(window().dividedBy(6));

        Instant asked = clock().instant();
        Duration wait = refusedFor(bucket);
        Duration peeked = store().peek(bucket);
        Instant answered = clock().instant();
        Duration least = Duration.between(answered, before.plus(window()));
        Duration most = Duration.between(asked, after.plus(window()).plus(slack()));
        // A store may know its times to the millisecond only.
        assertThat(wait).isBetween(least.minusMillis(1), most.plusMillis(1));
        assertThat(peeked).isBetween(least.minusMillis(1), most.plusMillis(1));

        passTime(least.minus(grain()));
        refusedFor(bucket);
    }

    @Test
    void aTryGoesThroughWhenTheWaitIsOver() {
        Bucket bucket = bucket(2);
        take(bucket);
        passTime(window().dividedBy(2));
        take(bucket);

        passTime(refusedFor(bucket));
        assertThat(store().peek(bucket)).isZero();
        take(bucket);
        assertThat(refusedFor(bucket)).isGreaterThan(grain());
    }

    @Test
    void whenAWindowIsOverAllOfItFitsAgain() {
        Bucket bucket = bucket(4);
        assertThatExactlyFit(bucket, 4);

        passTime(window().plus(slack()));
        assertThatExactlyFit(bucket, 4);
    }

    @Test
    void aPermitThatIsGivenBackMakesRoomForOneMore() {
        Bucket bucket = bucket(3);
        List<String> permits = take(bucket, 3);
        refusedFor(bucket);

        store().giveBack(bucket, permits.get(1));
        assertThat(store().peek(bucket)).isZero();
        assertThatExactlyFit(bucket, 1);
    }

    @Test
    void whatIsLeftAfterAPermitIsGivenBackKeepsItsTime() {
        Bucket bucket = bucket(2);
        String first = take(bucket).permit();
        passTime(window().dividedBy(3));
        take(bucket);
        store().giveBack(bucket, first);
        take(bucket);

        Duration wait = refusedFor(bucket);
        assertThat(wait).isGreaterThan(window().dividedBy(2));
        passTime(wait);
        take(bucket);
    }

    @Test
    void aPermitIsGivenBackOnce() {
        Bucket bucket = bucket(3);
        List<String> permits = take(bucket, 3);

        store().giveBack(bucket, permits.get(0));
        String newer = take(bucket).permit();
        for (int i = 0; i < 3; i++) {
            store().giveBack(bucket, permits.get(0));
        }
        refusedFor(bucket);
        // What came in its place is untouched, and can be given back itself.
        store().giveBack(bucket, newer);
        assertThatExactlyFit(bucket, 1);
    }

    @Test
    void aPermitThatManyGiveBackAtOnceMakesRoomForOneMore() throws Exception {
        Bucket bucket = bucket(5);
        List<String> permits = take(bucket, 5);
        AtomicInteger more = new AtomicInteger();

        race(() -> {
            store().giveBack(bucket, permits.get(2));
            if (goesThrough(bucket)) {
                more.incrementAndGet();
            }
            return true;
        });
        passTime(slack());
        assertThat(more.get() + (goesThrough(bucket) ? 1 : 0)).isEqualTo(1);
    }

    @Test
    void aForeignPermitMakesNoRoom() {
        Bucket bucket = bucket(2);
        List<String> own = take(bucket, 2);
        Bucket elsewhere = bucket(1);
        String other = take(elsewhere).permit();

        for (String foreign :
                List.of(other, "", " ", ".", "#", "0", "a.b", own.get(0) + "0", "\u0000", "x".repeat(5000))) {
            store().giveBack(bucket, foreign);
        }
        refusedFor(bucket);
        refusedFor(elsewhere);
        store().giveBack(elsewhere, own.get(0));
        refusedFor(bucket);
        refusedFor(elsewhere);
    }

    @Test
    void aPermitWhoseWindowIsOverIsNotGivenBackInsteadOfAnothers() {
        Bucket bucket = bucket(1);
        String old = take(bucket).permit();
        passTime(window().plus(slack()));
        take(bucket);

        store().giveBack(bucket, old);
        refusedFor(bucket);
    }

    @Test
    void lookingCountsNothing() {
        Bucket bucket = bucket(2);
        for (int i = 0; i < 20; i++) {
            assertThat(store().peek(bucket)).isZero();
        }
        take(bucket, 2);

        for (int i = 0; i < 20; i++) {
            assertThat(store().peek(bucket)).isPositive();
        }
        passTime(window().plus(slack()));
        assertThat(store().peek(bucket)).isZero();
        take(bucket, 2);
    }

    @Test
    void aHigherRateLetsTheDifferenceThrough() {
        Bucket bucket = bucket(2);
        assertThatExactlyFit(bucket, 2);

        assertThatExactlyFit(withRate(bucket, 5), 3);
    }

    @Test
    void aLowerRateWaitsForAllThatIsTooMuch() {
        Bucket bucket = bucket(4);
        take(bucket, 2);
        passTime(window().dividedBy(2));
        take(bucket, 2);

        Bucket lower = withRate(bucket, 2);
        refusedFor(lower);
        passTime(window().plus(slack()));
        assertThatExactlyFit(lower, 2);
    }

    @Test
    void whatWasCountedByAHigherRateCountsByALowerOne() {
        assumeTrue(keepsCountByALowerRate());
        Bucket bucket = bucket(9);
        take(bucket);
        passTime(window().dividedBy(2));
        take(bucket, 2);

        Bucket lower = withRate(bucket, 2);
        assertThat(refusedFor(lower))
                .as("two have to pass")
                .isGreaterThan(window().dividedBy(4).multipliedBy(3));
        passTime(window().dividedBy(2));
        refusedFor(lower);
        // The two were not counted at the same moment, and there has to be room for both again.
        passTime(refusedFor(lower).plus(window().dividedBy(8)));
        assertThatExactlyFit(lower, 2);
    }

    @Test
    void countersWithOtherKeysDoNotMeet() {
        Bucket full = bucket(1);
        assertThatExactlyFit(full, 1);

        assertThatExactlyFit(bucket(1), 1);
        assertThatExactlyFit(bucket(1, Bucket.Area.TYPED, full.key() + "0"), 1);
        assertThatExactlyFit(bucket(1, Bucket.Area.TYPED, full.key().substring(1)), 1);
    }

    @Test
    void countersInOtherAreasDoNotMeet() {
        String key = unique();
        for (Bucket.Area area : Bucket.Area.values()) {
            assertThatExactlyFit(bucket(1, area, key), 1);
        }
    }

    @Test
    void theLongestKeysAreToldApart() {
        String begin = (unique() + "/:|#-_=+*~").repeat(3).substring(0, 99);
        Bucket one = bucket(2, Bucket.Area.ADDRESS, begin + "1", begin + "s", begin + "t");
        Bucket other = bucket(2, Bucket.Area.ADDRESS, begin + "2", begin + "u");

        String permit = take(one).permit();
        assertThatExactlyFit(one, 1);
        assertThatExactlyFit(other, 2);
        store().giveBack(one, permit);
        assertThatExactlyFit(one, 1);
        store().clear(begin + "t", window());
        assertThatExactlyFit(one, 2);
        refusedFor(other);
    }

    @Test
    void aSubjectEmptiesEveryCounterThatNamesItAndNoOther() {
        String subject = unique();
        String another = unique();
        Bucket alone = bucket(2, subject);
        Bucket first = bucket(2, Bucket.Area.KNOWN, unique(), subject, another);
        Bucket second = bucket(2, Bucket.Area.ADDRESS, unique(), another, subject);
        Bucket others = bucket(2, another);
        Bucket nobodys = bucket(2);
        List<Bucket> all = List.of(alone, first, second, others, nobodys);
        all.forEach(bucket -> assertThatExactlyFit(bucket, 2));

        store().clear(subject, window());
        List.of(alone, first, second).forEach(bucket -> {
            assertThat(store().peek(bucket)).isZero();
            assertThatExactlyFit(bucket, 2);
        });
        List.of(others, nobodys).forEach(this::refusedFor);
    }

    @Test
    void aSubjectThatNoCounterNamesEmptiesNone() {
        Bucket bucket = bucket(1, unique());
        take(bucket);

        store().clear(unique(), window());
        store().clear(bucket.key(), window());
        refusedFor(bucket);
    }

    @Test
    void aCounterCanBeEmptiedAgainAndAgain() {
        String subject = unique();
        Bucket bucket = bucket(2, subject);
        for (int i = 0; i < 5; i++) {
            assertThatExactlyFit(bucket, 2);
            store().clear(subject, window());
        }
        assertThatExactlyFit(bucket, 2);
    }

    @Test
    void whatIsCountedAfterAClearCountsForTheWholeWindow() {
        String subject = unique();
        Bucket bucket = bucket(3, subject);
        take(bucket, 3);
        store().clear(subject, window());
        take(bucket);
        passTime(window().minus(grain()));
        take(bucket, 2);

        // The time for which the clear was asked is over, and the try right after it has passed. The others have not.
        passTime(grain().plus(slack()));
        passTime(grain().multipliedBy(2));
        int more = 0;
        for (int i = 0; i < 3; i++) {
            more += goesThrough(bucket) ? 1 : 0;
        }
        assertThat(more).isLessThanOrEqualTo(1);
    }

    @Test
    void whatWasEmptiedDoesNotComeBack() {
        String subject = unique();
        Bucket bucket = bucket(3, subject);
        take(bucket, 3);
        passTime(window().dividedBy(4));
        store().clear(subject, window());
        take(bucket);

        passTime(window().dividedBy(4));
        assertThat(store().peek(bucket)).isZero();
        assertThatExactlyFit(bucket, 2);
    }

    @Test
    void aPermitFromBeforeAClearIsNotGivenBackInsteadOfAnothers() {
        String subject = unique();
        Bucket bucket = bucket(2, subject);
        List<String> old = take(bucket, 2);
        store().clear(subject, window());
        take(bucket, 2);

        old.forEach(permit -> store().giveBack(bucket, permit));
        refusedFor(bucket);
    }

    @Test
    void aPermitFromAfterAClearIsGivenBack() {
        String subject = unique();
        Bucket bucket = bucket(2, subject);
        take(bucket, 2);
        store().clear(subject, window());
        List<String> permits = take(bucket, 2);

        store().giveBack(bucket, permits.get(0));
        assertThatExactlyFit(bucket, 1);
    }

    private static <T> List<T> race(Callable<T> attempt) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<T>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(pool.submit(() -> {
                    List<T> results = new ArrayList<>();
                    start.await();
                    for (int j = 0; j < TRIES; j++) {
                        results.add(attempt.call());
                    }
                    return results;
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<List<T>> future : running) {
                results.addAll(future.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
