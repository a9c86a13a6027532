// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.LongStream;

import dev.gatehouse.kit.journey.GatehouseCluster;
import dev.gatehouse.kit.journey.ProbedStore;

/** Many threads of two nodes at once on one counter: exactly as many go through as fit, again and again. */
final class OneLimitOnTwoNodes {

    private static final int LIMIT = 5;
    private static final int ROUNDS = 10;
    private static final int THREADS = 8;
    private static final int TRIES = 25;

    private final GatehouseCluster gatehouse;
    private final Report report;

    OneLimitOnTwoNodes(GatehouseCluster gatehouse, Report report) {
        this.gatehouse = gatehouse;
        this.report = report;
    }

    void measure() {
        rounds("infinispan");
        rounds("single-use");
        if (gatehouse.redis().isPresent()) {
            rounds("redis");
        } else {
            report.add(Result.notRun(what("redis"), bound(), FrozenStore.NO_REDIS));
        }
    }

    private void rounds(String name) {
        report.progress("Bursts of 2 x " + THREADS + " threads on the store " + name + " ...");
        ProbedStore store = new ProbedStore(gatehouse.servers(), name);
        long[] through = LongStream.range(0, ROUNDS)
                .map(round -> store.burst(LIMIT, Duration.ofMinutes(15), "bench." + UUID.randomUUID(), THREADS, TRIES))
                .toArray();
        long exact = LongStream.of(through).filter(count -> count == LIMIT).count();
        long most = LongStream.of(through).max().orElseThrow();
        long fewest = LongStream.of(through).min().orElseThrow();
        report.add(Result.of(
                what(name),
                bound(),
                exact + " of " + ROUNDS + (exact == ROUNDS ? "" : ", from " + fewest + " to " + most + " went through"),
                exact == ROUNDS));
    }

    private static String what(String store) {
        return "Rounds in which exactly " + LIMIT + " go through, store `" + store + "`, two nodes with " + THREADS
                + " threads of " + TRIES + " tries";
    }

    private static String bound() {
        return ROUNDS + " of " + ROUNDS;
    }
}
