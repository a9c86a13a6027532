// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import dev.gatehouse.core.seal.Canary;
import dev.gatehouse.core.seal.SealingKey;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.CapturedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeyWatchTest {

    private final CapturedLog log = new CapturedLog(KeyWatch.class);
    private final MovedTime time = new MovedTime();
    private final SecureRandom random = new SecureRandom();
    private SharedRegistry shared = new SharedRegistry();
    private int members = 1;

    private KeyWatch node(String name, KeySource source) {
        return node(name, source, shared);
    }

    private KeyWatch node(String name, KeySource source, KeyRegistry registry) {
        return new KeyWatch(source, registry, name, () -> members, time, random);
    }

    private static String sealing(KeyWatch node) {
        SealingKey key = node.keys().sealing();
        return key == null ? "none" : key.id();
    }

    private List<String> used() {
        return shared.canaries(KeyWatch.SCOPE).stream().map(Canary::keyId).toList();
    }

    private void isUsed(SealingKey key) {
        shared.addCanary(KeyWatch.SCOPE, Canary.of(key, random));
    }

    @AfterEach
    void end() {
        log.close();
    }

    @Test
    void theFirstStartSealsWithTheFirstKeyAndTellsSo() {
        KeyWatch node = node("a", new HeldKeys("k2=2", "k1=1"));

        assertThat(sealing(node)).isEqualTo("k2");
        assertThat(node.keys().ring().ids()).containsExactly("k2", "k1");
        assertThat(used()).containsExactly("k2");
        assertThat(shared.told("a")).containsExactlyInAnyOrder("k1", "k2");
        assertThat(log.infos()).hasSize(1);
    }

    @Test
    void aKeyOfOneNodeIsNotUsedBeforeAllHaveItAndThenAtTheNextLookOfEach() {
        HeldKeys ofA = new HeldKeys("k1=1");
        HeldKeys ofB = new HeldKeys("k1=1");
        KeyWatch a = node("a", ofA);
        KeyWatch b = node("b", ofB);
        assertThat(List.of(sealing(a), sealing(b))).containsOnly("k1");

        ofA.has("k2=2", "k1=1");
        for (int i = 0; i < 3; i++) {
            a.look();
            b.look();
            assertThat(List.of(sealing(a), sealing(b))).containsOnly("k1");
        }
        assertThat(used()).containsExactly("k1");

        ofB.has("k1=1", "k2=2");
        b.look();
        a.look();
        assertThat(sealing(a)).isEqualTo("k2");
        assertThat(sealing(b)).isEqualTo("k1");

        ofB.has("k2=2", "k1=1");
        b.look();
        assertThat(sealing(b)).isEqualTo("k2");
        assertThat(used()).containsExactly("k1", "k2");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void aNodeThatComesWithoutTheNewKeyBeforeItIsUsedHoldsItBack() {
        HeldKeys ofA = new HeldKeys("k1=1");
        KeyWatch a = node("a", ofA);
        a.look();
        ofA.has("k2=2", "k1=1");
        KeyWatch b = node("b", new HeldKeys("k1=1"));
        assertThat(sealing(b)).isEqualTo("k1");

        a.look();

        assertThat(sealing(a)).isEqualTo("k1");
        assertThat(used()).containsExactly("k1");
    }

    @Test
    void aNodeThatLacksAUsedKeyRefusesToStartAndDoesNotKeepTheOthersFromSealing() {
        KeyWatch a = node("a", new HeldKeys("k1=1"));
        assertThat(sealing(a)).isEqualTo("k1");

        KeyWatch b = node("b", new HeldKeys("k2=2"));

        assertThatExceptionOfType(SealingUnavailableException.class)
                .isThrownBy(b::keys)
                .withMessage("the ring lacks the key k1, with which secrets are sealed");
        a.look();
        assertThat(sealing(a)).isEqualTo("k1");
        assertThat(shared.told("b")).isEmpty();
    }

    @Test
    void aNodeWithAnotherKeyByAUsedNameRefusesToStart() {
        isUsed(TestKeys.K2);

        assertThatExceptionOfType(SealingUnavailableException.class)
                .isThrownBy(node("a", new HeldKeys("k2=9"))::keys)
                .withMessage("the ring has another key by the name of k2 than the one with which secrets are sealed");
    }

    @Test
    void aNodeWhoseRingCannotBeReadRefusesToStart() {
        HeldKeys bad = new HeldKeys("k1=1");
        bad.isBad();

        assertThatExceptionOfType(SealingUnavailableException.class)
                .isThrownBy(node("a", bad)::keys)
                .withMessageStartingWith("the ring, line 1: ")
                .withMessageNotContaining("nonsense");
        assertThat(shared.told("a")).isEmpty();
    }

    @Test
    void aBadRingKeepsTheOneBeforeIsToldOnceAndAGoodOneAfterwardsIsTaken() {
        HeldKeys ring = new HeldKeys("k1=1");
        KeyWatch node = node("a", ring);
        node.keys();

        ring.isBad();
        node.look();
        node.look();
        ring.isBad();
        node.look();

        assertThat(node.keys().ring().ids()).containsExactly("k1");
        assertThat(sealing(node)).isEqualTo("k1");
        assertThat(log.errors())
                .singleElement()
                .asString()
                .startsWith("the ring, line 1: ")
                .endsWith("; the keys from before go on to hold")
                .doesNotContain("nonsense");

        ring.has("k2=2", "k1=1");
        node.look();
        assertThat(sealing(node)).isEqualTo("k2");

        ring.isBad();
        node.look();
        assertThat(log.errors()).hasSize(2);
    }

    @Test
    void aBadRingIsReadAgainEvenIfWhatMadeItGoodCannotBeSeen() {
        HeldKeys ring = new HeldKeys("k1=1");
        KeyWatch node = node("a", ring);
        node.keys();
        ring.isBad();
        node.look();

        ring.hasUnseen("k2=2", "k1=1");
        node.look();

        assertThat(sealing(node)).isEqualTo("k2");
    }

    @Test
    void aRingThatDidNotChangeIsNotReadAgain() {
        HeldKeys ring = new HeldKeys("k1=1");
        KeyWatch node = node("a", ring);
        node.keys();
        node.look();
        node.look();

        assertThat(ring.reads()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k2=2", "k2=2,k1=9"})
    void aRingWithoutAUsedKeyIsNotTaken(String keys) {
        HeldKeys ring = new HeldKeys("k1=1");
        KeyWatch node = node("a", ring);
        node.keys();

        ring.has(keys.split(","));
        node.look();
        node.look();

        assertThat(node.keys().ring().ids()).containsExactly("k1");
        assertThat(sealing(node)).isEqualTo("k1");
        assertThat(shared.told("a")).containsExactly("k1");
        assertThat(log.errors()).singleElement().asString().contains(" k1");
    }

    @Test
    void aKeyThatNothingIsSealedWithCanBeTakenAway() {
        HeldKeys ring = new HeldKeys("k1=1", "k2=2");
        KeyWatch node = node("a", ring);
        node.keys();

        ring.has("k1=1");
        node.look();

        assertThat(node.keys().ring().ids()).containsExactly("k1");
        assertThat(shared.told("a")).containsExactly("k1");
    }

    @Test
    void aNodeThatIsSilentForTooLongDoesNotCountAnyMore() {
        HeldKeys ofA = new HeldKeys("k1=1");
        KeyWatch a = node("a", ofA);
        a.keys();
        node("b", new HeldKeys("k1=1")).keys();
        ofA.has("k2=2", "k1=1");

        time.pass(KeyWatch.SILENCE.minusMillis(1));
        a.look();
        assertThat(sealing(a)).isEqualTo("k1");

        time.pass(Duration.ofMillis(1));
        a.look();
        assertThat(sealing(a)).isEqualTo("k2");
    }

    @Test
    void aNodeThatWasSilentAndComesBackWithoutTheKeyEndsItsUse() {
        HeldKeys ofA = new HeldKeys("k1=1");
        KeyWatch a = node("a", ofA);
        a.keys();
        KeyWatch b = node("b", new HeldKeys("k1=1"));
        b.keys();
        ofA.has("k2=2", "k1=1");
        time.pass(KeyWatch.SILENCE);
        a.look();
        assertThat(sealing(a)).isEqualTo("k2");

        b.look();
        a.look();

        assertThat(sealing(a)).isEqualTo("k1");
        assertThat(a.keys().ring().ids()).containsExactly("k2", "k1");
    }

    @Test
    void whileAMemberOfTheClusterHasToldNothingNothingIsSealedButAllOpens() {
        members = 2;
        KeyWatch a = node("a", new HeldKeys("k1=1"));

        assertThat(sealing(a)).isEqualTo("none");
        assertThat(a.keys().ring().ids()).containsExactly("k1");
        assertThat(used()).isEmpty();

        KeyWatch b = node("b", new HeldKeys("k1=1"));
        assertThat(sealing(b)).isEqualTo("k1");
        a.look();
        assertThat(sealing(a)).isEqualTo("k1");

        members = 3;
        a.look();
        assertThat(sealing(a)).isEqualTo("none");
    }

    @Test
    void nodesWithNothingInCommonSealNothing() {
        members = 2;
        KeyWatch a = node("a", new HeldKeys("k1=1"));
        KeyWatch b = node("b", new HeldKeys("k2=2"));

        assertThat(List.of(sealing(a), sealing(b))).containsOnly("none");
        a.look();
        assertThat(sealing(a)).isEqualTo("none");
        assertThat(used()).isEmpty();
    }

    @Test
    void ofTwoDifferentKeysOfOneNameOnlyOneSealsAndNeitherOnceThatIsKnown() {
        HeldKeys ofA = new HeldKeys("k1=1");
        HeldKeys ofB = new HeldKeys("k1=1");
        KeyWatch a = node("a", ofA);
        KeyWatch b = node("b", ofB);
        a.keys();
        b.keys();
        ofA.has("k2=2", "k1=1");
        a.look();
        ofB.has("k2=9", "k1=1");
        b.look();

        for (int i = 0; i < 3; i++) {
            assertThat(sealing(b)).isEqualTo("k2");
            assertThat(shared.canaries(KeyWatch.SCOPE)).anyMatch(canary -> canary.matches(TestKeys.OTHER_K2));
            a.look();
            assertThat(sealing(a)).isEqualTo("k1");
        }
        assertThat(log.errors()).singleElement().asString().contains("another key by the name of k2");
        assertThat(shared.told("a")).containsExactly("k1");
        b.look();
        assertThat(sealing(b)).isEqualTo("k1");

        ofA.has("k2=9", "k1=1");
        a.look();
        b.look();
        assertThat(List.of(sealing(a), sealing(b))).containsOnly("k2");
    }

    @Test
    void twoNodesThatBeginWithDifferentKeysOfOneNameNeverBothSealWithThem() {
        inEveryOrder(6, 6, (a, b) -> {
            KeyWatch first = node("a", new HeldKeys("k2=2"), a);
            KeyWatch second = node("b", new HeldKeys("k2=9"), b);
            return new Race(() -> startsOrNot(first), () -> startsOrNot(second), order -> {
                SealingKey one = sealingOrNone(first);
                SealingKey other = sealingOrNone(second);
                assertThat(one == null || other == null).as("order %s", order).isTrue();
            });
        });
    }

    @Test
    void aKeyIsNeverUsedWhileANodeThatStartsLacksIt() {
        inEveryOrder(6, 4, (a, b) -> {
            KeyWatch first = node("a", new HeldKeys("k2=2", "k1=1"), a);
            KeyWatch second = node("b", new HeldKeys("k1=1"), b);
            return new Race(
                    () -> isAboutToUseTheFirstKey(first),
                    first::look,
                    () -> startsOrNot(second),
                    order -> isNeverSealedWhatDoesNotOpen(order, first, second));
        });
    }

    @Test
    void aKeyIsNeverUsedWhileANodeTakesItAway() {
        inEveryOrder(6, 6, (a, b) -> {
            HeldKeys ofB = new HeldKeys("k1=1", "k2=2");
            KeyWatch first = node("a", new HeldKeys("k2=2", "k1=1"), a);
            KeyWatch second = node("b", ofB, b);
            return new Race(
                    () -> {
                        second.keys();
                        isAboutToUseTheFirstKey(first);
                    },
                    first::look,
                    () -> {
                        ofB.has("k1=1");
                        second.look();
                    },
                    order -> isNeverSealedWhatDoesNotOpen(order, first, second));
        });
    }

    @Test
    void aKeyIsNeverUsedWhileANodeFailsToTakeIt() {
        inEveryOrder(6, 4, (a, b) -> {
            HeldKeys ofB = new HeldKeys("k1=1");
            KeyWatch first = node("a", new HeldKeys("k3=3", "k1=1"), a);
            KeyWatch second = node("b", ofB, b);
            return new Race(
                    () -> {
                        second.keys();
                        isAboutToUseTheFirstKey(first);
                    },
                    first::look,
                    () -> {
                        // It has the new one, but not any more the one that is used.
                        ofB.has("k3=3");
                        second.look();
                    },
                    order -> isNeverSealedWhatDoesNotOpen(order, first, second));
        });
    }

    @Test
    void aKeyIsNeverUsedWhileANodeExchangesItForAnotherOfItsName() {
        inEveryOrder(6, 6, (a, b) -> {
            HeldKeys ofB = new HeldKeys("k1=1", "k2=2");
            KeyWatch first = node("a", new HeldKeys("k2=2", "k1=1"), a);
            KeyWatch second = node("b", ofB, b);
            return new Race(
                    () -> {
                        second.keys();
                        isAboutToUseTheFirstKey(first);
                    },
                    first::look,
                    () -> {
                        ofB.has("k1=1", "k2=9");
                        second.look();
                    },
                    order -> {
                        // Names are all that nodes tell: then it is for the next look to find out.
                        if (used().contains("k2")
                                && second.keys().ring().key("k2").isPresent()) {
                            second.look();
                            first.look();
                        }
                        isNeverSealedWhatDoesNotOpen(order, first, second);
                    });
        });
    }

    @Test
    void aRegistryThatFailsAnywhereInALookLeavesKeysThatHoldAndTheNextLookEndsIt() {
        for (int failing = 1; failing <= 10; failing++) {
            shared = new SharedRegistry();
            FailingTurns turns = new FailingTurns();
            HeldKeys ring = new HeldKeys("k1=1");
            KeyWatch node = node("a", ring, shared.inTurns(turns));
            node.keys();
            ring.has("k2=2", "k1=1");
            turns.fail(failing);

            boolean failed = turns.isFailing(node::look);

            assertThat(failed).as("operation %s", failing).isEqualTo(failing < 10);
            SealingKey key = node.keys().sealing();
            assertThat(key).as("operation %s", failing).isNotNull();
            assertThat(node.keys().ring().key(Objects.requireNonNull(key).id())).contains(key);
            assertThat(shared.canaries(KeyWatch.SCOPE)).anyMatch(canary -> canary.matches(key));
            node.look();
            assertThat(sealing(node)).as("operation %s", failing).isEqualTo("k2");
        }
    }

    @Test
    void manyThreadsAtTheStartReadOnce() throws InterruptedException, ExecutionException {
        HeldKeys ring = new HeldKeys("k1=1");
        KeyWatch node = node("a", ring);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<KeyWatch.Keys>> asked = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                asked.add(threads.submit(node::keys));
            }
            KeyWatch.Keys first = asked.get(0).get();
            for (Future<KeyWatch.Keys> one : asked) {
                assertThat(one.get()).isSameAs(first);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ring.reads()).isEqualTo(1);
        assertThat(shared.told("a")).isEqualTo(Set.of("k1"));
    }

    private record Race(Runnable before, Runnable first, Runnable second, IntConsumer after) {
        Race(Runnable first, Runnable second, IntConsumer after) {
            this(() -> {}, first, second, after);
        }
    }

    private interface Setting {
        Race of(KeyRegistry first, KeyRegistry second);
    }

    /** Runs a race once for each order in which the operations of its two nodes can follow each other. */
    private void inEveryOrder(int operationsOfFirst, int operationsOfSecond, Setting setting) {
        int operations = operationsOfFirst + operationsOfSecond;
        for (int order = 0; order < 1 << operations; order++) {
            if (Integer.bitCount(order) != operationsOfSecond) {
                continue;
            }
            shared = new SharedRegistry();
            Interleaving interleaving = new Interleaving(order, operations);
            SwitchedTurns first = new SwitchedTurns(interleaving.turnsOf(0));
            SwitchedTurns second = new SwitchedTurns(interleaving.turnsOf(1));
            Race race = setting.of(shared.inTurns(first), shared.inTurns(second));
            race.before().run();
            first.on = true;
            second.on = true;
            interleaving.run(race.first(), race.second());
            first.on = false;
            second.on = false;
            race.after().accept(order);
        }
    }

    /** All others told that they have it, but no look came since. */
    private void isAboutToUseTheFirstKey(KeyWatch node) {
        isUsed(TestKeys.K1);
        shared.report(new KeyRegistry.Report("late", Set.of("k1"), time.instant()));
        assertThat(sealing(node)).isEqualTo("k1");
        shared.report(new KeyRegistry.Report("late", Set.of("k1", "k2", "k3"), time.instant()));
    }

    private static void startsOrNot(KeyWatch node) {
        try {
            node.keys();
        } catch (SealingUnavailableException e) {
            assertThat(e).hasMessageContaining("k2");
        }
    }

    private static @Nullable SealingKey sealingOrNone(KeyWatch node) {
        try {
            return node.keys().sealing();
        } catch (SealingUnavailableException e) {
            return null;
        }
    }

    private static void isNeverSealedWhatDoesNotOpen(int order, KeyWatch first, KeyWatch second) {
        SealingKey key = first.keys().sealing();
        try {
            assertThat(key == null
                            || second.keys()
                                    .ring()
                                    .key(key.id())
                                    .filter(key::equals)
                                    .isPresent())
                    .as("order %s: %s seals", order, key)
                    .isTrue();
        } catch (SealingUnavailableException e) {
            // It does not serve at all.
            assertThat(e).hasMessageContaining("k2");
        }
    }

    /** Waits for its turn only while a race is on. */
    private static final class SwitchedTurns implements SharedRegistry.Turn {

        private final SharedRegistry.Turn turns;
        private volatile boolean on;

        SwitchedTurns(SharedRegistry.Turn turns) {
            this.turns = turns;
        }

        @Override
        public <T> T take(Supplier<T> operation) {
            return on ? turns.take(operation) : operation.get();
        }
    }

    /** Fails at one operation. */
    private static final class FailingTurns implements SharedRegistry.Turn {

        private int left = Integer.MAX_VALUE;

        void fail(int operation) {
            left = operation;
        }

        boolean isFailing(Runnable work) {
            try {
                work.run();
                left = Integer.MAX_VALUE;
                return false;
            } catch (IllegalStateException e) {
                return true;
            }
        }

        @Override
        public <T> T take(Supplier<T> operation) {
            if (--left == 0) {
                throw new IllegalStateException("the database is away");
            }
            return operation.get();
        }
    }
}
