// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.time.MovedTime;

/** Threads and an alarm in a world in which time passes, and a step is done, when the test says so. */
final class HandWorked implements Lanes.Threads, Alarm {

    private record Due(Instant when, Runnable work) {}

    final MovedTime time = new MovedTime();
    /** The steps that threads have in hand. */
    final Deque<Runnable> inHand = new ArrayDeque<>();
    /** How many threads were lost, after each change. */
    final List<Integer> lost = new ArrayList<>();

    int exhausted;

    private final List<Due> alarms = new ArrayList<>();

    @Override
    public void run(Runnable work) {
        inHand.addLast(work);
    }

    @Override
    public void lost(int count) {
        lost.add(count);
    }

    @Override
    public void exhausted() {
        exhausted++;
    }

    @Override
    public Runnable in(Duration delay, Runnable work) {
        Due due = new Due(time.instant().plus(delay), work);
        alarms.add(due);
        return () -> alarms.remove(due);
    }

    /** How many alarms are set. */
    int alarms() {
        return alarms.size();
    }

    /** Lets one thread end its step, the oldest first. */
    void endOne() {
        inHand.removeFirst().run();
    }

    /** Lets all threads end their steps, and those that follow at once. */
    void endAll() {
        while (!inHand.isEmpty()) {
            endOne();
        }
    }

    /** Lets time pass, and the alarms ring. */
    void pass(Duration span) {
        Instant end = time.instant().plus(span);
        for (Optional<Due> next = nextUntil(end); next.isPresent(); next = nextUntil(end)) {
            alarms.remove(next.get());
            time.pass(Duration.between(time.instant(), next.get().when()));
            next.get().work().run();
        }
        time.pass(Duration.between(time.instant(), end));
    }

    private Optional<Due> nextUntil(Instant end) {
        return alarms.stream().filter(due -> !due.when().isAfter(end)).min(Comparator.comparing(Due::when));
    }
}
