// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.gatehouse.kit.journey.GatehouseCluster;
import dev.gatehouse.kit.journey.ProbedStore;
import dev.gatehouse.redis.RedisServer;

/** How long the limiter holds a sign-in up at most while its store hangs and nobody knows that yet. */
final class FrozenStore {

    static final String NO_REDIS = "there is no redis-server on this machine";

    private static final Duration MOST = Duration.ofSeconds(1);
    private static final int CALLS = 40;

    private final GatehouseCluster gatehouse;
    private final Report report;

    FrozenStore(GatehouseCluster gatehouse, Report report) {
        this.gatehouse = gatehouse;
        this.report = report;
    }

    /** Afterwards a node is frozen. */
    void measure() {
        gatehouse
                .redis()
                .ifPresentOrElse(
                        this::redis, () -> report.add(Result.notRun(what("redis", "Redis"), bound(), NO_REDIS)));
        slowest("infinispan", "the other node", gatehouse.node(1)::freeze);
    }

    private void redis(RedisServer redis) {
        try {
            slowest("redis", "Redis", redis::freeze);
        } finally {
            redis.thaw();
        }
    }

    private void slowest(String name, String frozen, Runnable freeze) {
        ProbedStore store = new ProbedStore(List.of(gatehouse.node(0)), name);
        acquire(store);
        report.progress("Freezing " + frozen + " ...");
        freeze.run();
        Duration slowest = acquire(store);
        report.add(Result.of(what(name, frozen), bound(), slowest.toMillis() + " ms", slowest.compareTo(MOST) < 0));
    }

    private static Duration acquire(ProbedStore store) {
        return Collections.max(IntStream.range(0, CALLS)
                .mapToObj(i -> store.acquire(UUID.randomUUID().toString()))
                .toList());
    }

    private static String what(String store, String frozen) {
        return "`acquire` while " + frozen + " is frozen, store `" + store + "`, slowest of " + CALLS;
    }

    private static String bound() {
        return "less than " + MOST.toMillis() + " ms";
    }
}
