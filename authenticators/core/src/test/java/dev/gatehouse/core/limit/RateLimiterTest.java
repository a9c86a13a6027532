// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.core.time.MovedTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RateLimiterTest {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MovedTime time = new MovedTime();
    private final RemoteStore store = new RemoteStore(new LocalPermitStore(time, 1000));
    private final LocalPermitStore local = new LocalPermitStore(time, 1000);
    private final RecordingWatch watch = new RecordingWatch();
    private final RateLimiter limiter = limiter(FailureMode.LOCAL);

    private final Bucket minute = bucket("minute", 3, Duration.ofMinutes(1));
    private final Bucket hour = bucket("hour", 5, Duration.ofHours(1));

    /** A shared store that can go away; it counts what it is asked. */
    private static final class RemoteStore implements PermitStore {

        private final PermitStore counters;
        private boolean away;
        private int asked;

        RemoteStore(PermitStore counters) {
            this.counters = counters;
        }

        private PermitStore reached() {
            asked++;
            if (away) {
                throw new StoreUnavailableException("away");
            }
            return counters;
        }

        @Override
        public Answer take(Bucket bucket) {
            return reached().take(bucket);
        }

        @Override
        public void giveBack(Bucket bucket, String permit) {
            reached().giveBack(bucket, permit);
        }

        @Override
        public Duration peek(Bucket bucket) {
            return reached().peek(bucket);
        }

        @Override
        public void clear(String subject, Duration life) {
            reached().clear(subject, life);
        }
    }

    private static final class RecordingWatch implements StoreWatch {

        private final List<String> changes = new ArrayList<>();
        private int failures;

        @Override
        public void failed() {
            failures++;
        }

        @Override
        public void away(StoreUnavailableException why) {
            changes.add(why.getMessage());
        }

        @Override
        public void back() {
            changes.add("back");
        }
    }

    private static Bucket bucket(String rule, int permits, Duration window) {
        return new Bucket(rule, new Rate(permits, window), Bucket.Area.KNOWN, rule, List.of("user"));
    }

    private RateLimiter limiter(FailureMode failureMode) {
        return new RateLimiter(store, local, failureMode, time, watch);
    }

    private Decision.Allowed allowed(Bucket... buckets) {
        Decision decision = limiter.acquire(List.of(buckets));
        assertThat(decision).isInstanceOf(Decision.Allowed.class);
        return (Decision.Allowed) decision;
    }

    private Decision.Refused refused(Bucket... buckets) {
        Decision decision = limiter.acquire(List.of(buckets));
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return (Decision.Refused) decision;
    }

    @Test
    void aTryGoesThroughIfAllRulesHaveRoom() {
        Decision.Allowed decision = allowed(minute, hour);

        assertThat(decision.permits()).extracting(Permit::bucket).containsExactly(minute, hour);
        assertThat(decision.left()).as("of the tightest").isEqualTo(2);
        assertThat(allowed(hour).left()).isEqualTo(3);
    }

    @Test
    void noRuleRefusesNothing() {
        assertThat(allowed().permits()).isEmpty();
    }

    @Test
    void theWaitIsThatOfTheTightestRule() {
        for (int i = 0; i < 3; i++) {
            allowed(minute, hour);
        }
        Decision.Refused first = refused(minute, hour);
        assertThat(first.bucket()).isEqualTo(minute);
        assertThat(first.retryAfter()).isEqualTo(Duration.ofMinutes(1));

        time.pass(Duration.ofMinutes(1));
        allowed(minute, hour);
        allowed(minute, hour);
        allowed(minute);
        for (List<Bucket> order : List.of(List.of(minute, hour), List.of(hour, minute))) {
            Decision.Refused both = (Decision.Refused) limiter.acquire(order);
            assertThat(both.bucket()).isEqualTo(hour);
            assertThat(both.retryAfter()).isEqualTo(Duration.ofMinutes(59));
        }
    }

    @Test
    void aTryThatOneRuleRefusesCountsInNone() {
        Bucket one = bucket("one", 1, Duration.ofMinutes(1));
        allowed(one);
        for (int i = 0; i < 20; i++) {
            refused(minute, hour, one);
            refused(one, hour, minute);
        }

        for (int i = 0; i < 3; i++) {
            allowed(minute, hour);
        }
    }

    @Test
    void whatIsGivenBackMakesRoomInAllRulesAndOnce() {
        Decision.Allowed decision = allowed(minute, hour);
        for (int i = 0; i < 2; i++) {
            allowed(minute, hour);
        }
        limiter.giveBack(decision);
        limiter.giveBack(decision);

        allowed(minute, hour);
        refused(minute, hour);
        allowed(hour);
        allowed(hour);
        refused(hour);
    }

    @Test
    void theFirstFailureKeepsEverybodyAwayFromTheStore() {
        store.away = true;
        allowed(minute);
        assertThat(store.asked).isEqualTo(1);

        allowed(minute);
        time.pass(PAUSE.minusMillis(1));
        allowed(minute);
        refused(minute);
        assertThat(store.asked).isEqualTo(1);
    }

    @Test
    void afterEachPauseOneTryAsksTheStore() {
        store.away = true;
        allowed(hour);
        for (int i = 0; i < 3; i++) {
            time.pass(PAUSE);
            limiter.acquire(List.of(hour));
            limiter.acquire(List.of(hour));
        }
        assertThat(store.asked).isEqualTo(4);

        store.away = false;
        time.pass(PAUSE);
        limiter.acquire(List.of(minute));
        limiter.acquire(List.of(minute));
        assertThat(store.asked).as("it is back").isEqualTo(6);
    }

    @Test
    void theWatchIsToldOfEveryFailureAndOnceOfAChange() {
        store.away = true;
        for (int i = 0; i < 3; i++) {
            limiter.acquire(List.of(minute));
            time.pass(PAUSE);
        }
        assertThat(watch.failures).isEqualTo(3);
        assertThat(watch.changes).containsExactly("away");

        store.away = false;
        limiter.acquire(List.of(minute));
        limiter.acquire(List.of(minute));
        assertThat(watch.changes).containsExactly("away", "back");
        store.away = true;
        limiter.acquire(List.of(minute));
        assertThat(watch.changes).containsExactly("away", "back", "away");
        assertThat(watch.failures).isEqualTo(4);
    }

    @Test
    void whatTheStoreCountedCountsWhenItIsAway() {
        for (int i = 0; i < 3; i++) {
            allowed(minute);
        }
        store.away = true;

        assertThat(refused(minute).retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aStoreThatComesAndGoesHandsOutNoNewBudget() {
        int through = 0;
        for (int i = 0; i < 40; i++) {
            store.away = i % 2 == 0;
            through += limiter.acquire(List.of(hour)) instanceof Decision.Allowed ? 1 : 0;
            time.pass(PAUSE);
        }

        // The process's own count knows what it let through; the store does not know what it was not asked.
        assertThat(through).isBetween(5, 9);
        store.away = true;
        refused(hour);
    }

    @Test
    void aRefusalOfTheStoreIsNotCountedInTheProcess() {
        for (int i = 0; i < 3; i++) {
            allowed(minute);
        }
        time.pass(Duration.ofSeconds(30));
        for (int i = 0; i < 20; i++) {
            refused(minute);
        }
        store.away = true;
        time.pass(Duration.ofSeconds(30));

        allowed(minute);
    }

    @Test
    void failureModeAllowLetsEverythingThrough() {
        store.away = true;
        RateLimiter open = limiter(FailureMode.ALLOW);
        for (int i = 0; i < 20; i++) {
            Decision decision = open.acquire(List.of(minute));
            assertThat(decision).isEqualTo(new Decision.Allowed(List.of(), Integer.MAX_VALUE));
            open.giveBack((Decision.Allowed) decision);
        }
        assertThat(store.asked).isEqualTo(1);
    }

    @Test
    void failureModeDenyLetsNothingThrough() {
        store.away = true;
        RateLimiter shut = limiter(FailureMode.DENY);

        assertThat(shut.acquire(List.of(minute))).isEqualTo(new Decision.Unavailable(PAUSE));
        assertThat(shut.acquire(List.of(minute))).isEqualTo(new Decision.Unavailable(PAUSE));
        store.away = false;
        time.pass(PAUSE);
        assertThat(shut.acquire(List.of(minute))).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void strictTriesFollowNoFailureMode() {
        for (FailureMode mode : FailureMode.values()) {
            RateLimiter strict = limiter(mode);
            store.away = true;
            assertThat(strict.acquireStrictly(List.of(minute))).isEqualTo(new Decision.Unavailable(PAUSE));
            assertThat(strict.acquireStrictly(List.of(minute))).isEqualTo(new Decision.Unavailable(PAUSE));

            store.away = false;
            time.pass(PAUSE);
            assertThat(strict.acquireStrictly(List.of(minute))).isInstanceOf(Decision.Allowed.class);
        }
        assertThat(limiter.acquireStrictly(List.of(minute))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void whatTheStoreRefusesStaysRefusedIfItGoesAwayInTheMiddle() {
        Bucket one = bucket("one", 1, Duration.ofMinutes(1));
        RateLimiter open = new RateLimiter(new GoingAway(one), local, FailureMode.ALLOW, time, watch);

        assertThat(open.acquire(List.of(minute, one, hour))).isInstanceOf(Decision.Refused.class);
        assertThat(watch.changes).containsExactly("gone");
    }

    /** Refuses one bucket and goes away then. */
    private record GoingAway(Bucket full) implements PermitStore {

        @Override
        public Answer take(Bucket bucket) {
            return bucket.equals(full) ? new Answer.Full(Duration.ofSeconds(9)) : new Answer.Taken("permit", 1);
        }

        @Override
        public void giveBack(Bucket bucket, String permit) {
            throw new StoreUnavailableException("gone");
        }

        @Override
        public Duration peek(Bucket bucket) {
            throw new StoreUnavailableException("gone");
        }

        @Override
        public void clear(String subject, Duration life) {}
    }

    @Test
    void aPermitOfTheProcessIsGivenBackToTheProcess() {
        store.away = true;
        Decision.Allowed decision = allowed(minute);
        allowed(minute);
        allowed(minute);
        refused(minute);

        limiter.giveBack(decision);
        allowed(minute);
        refused(minute);
        assertThat(store.asked).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackWhileTheStoreIsAwayStaysCountedThere() {
        Decision.Allowed decision = allowed(minute);
        store.away = true;
        limiter.giveBack(decision);
        assertThat(watch.changes).containsExactly("away");

        for (int i = 0; i < 3; i++) {
            allowed(minute);
        }
        refused(minute);
        store.away = false;
        time.pass(PAUSE);
        allowed(minute);
        allowed(minute);
        refused(minute);
    }

    @Test
    void clearingEmptiesTheStoreAndTheProcess() {
        for (int i = 0; i < 3; i++) {
            allowed(minute);
        }
        limiter.clear(List.of("user"), Duration.ofMinutes(1));
        for (int i = 0; i < 2; i++) {
            allowed(minute);
        }

        store.away = true;
        allowed(minute);
        refused(minute);
    }

    @Test
    void clearingSaysSoIfTheStoreCouldNotBeTold() {
        for (int i = 0; i < 3; i++) {
            allowed(minute);
        }
        store.away = true;

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> limiter.clear(List.of("user"), Duration.ofMinutes(1)));
        assertThat(watch.changes).containsExactly("away");
        allowed(minute);
    }

    @Test
    void aProcessThatIsItsOwnStoreCountsOnce() {
        RateLimiter alone = new RateLimiter(local, local, FailureMode.LOCAL, time, watch);
        List<Decision.Allowed> decisions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            decisions.add((Decision.Allowed) alone.acquire(List.of(minute)));
        }
        assertThat(alone.acquire(List.of(minute))).isInstanceOf(Decision.Refused.class);

        alone.giveBack(decisions.get(0));
        assertThat(alone.acquire(List.of(minute))).isInstanceOf(Decision.Allowed.class);
        assertThat(alone.acquire(List.of(minute))).isInstanceOf(Decision.Refused.class);
        alone.clear(List.of("user"), Duration.ofMinutes(1));
        assertThat(alone.acquire(List.of(minute))).isInstanceOf(Decision.Allowed.class);
    }
}
