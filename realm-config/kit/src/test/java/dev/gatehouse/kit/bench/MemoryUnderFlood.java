// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntBiFunction;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.LocalPermitStore;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.kit.journey.ProbedStore;
import dev.gatehouse.kit.probe.Flood;
import dev.gatehouse.kit.server.RunningServer;

/** A million names that nobody has: they fill what the setting gives them and no more, and push out no account. */
final class MemoryUnderFlood {

    private static final int MOST_TYPED = 100_000;

    /** For the server that is flooded. */
    static final List<String> SERVER_OPTIONS =
            List.of("--spi-gatehouse-permit-store--gatehouse-infinispan--max-typed=" + MOST_TYPED);

    private static final int KEYS = 1_000_000;
    private static final int PARTS = 20;

    /** Ten times what is kept would be several times as much. */
    private static final int BYTES_FOR_ONE = 1024;

    private static final Rate FIVE = new Rate(5, Duration.ofMinutes(15));

    private final Report report;
    private final String seed = UUID.randomUUID().toString();

    MemoryUnderFlood(Report report) {
        this.report = report;
    }

    /** What a node counts by itself. */
    void ofOneProcess() {
        PermitStore store = new LocalPermitStore(InstantSource.system(), MOST_TYPED);
        measure(
                "a node's own count",
                store,
                (part, keys) -> new Flood(part, keys).into(store),
                (part, keys) -> new Flood(part, keys).keptBy(store),
                Flood::heap);
    }

    /** What is in the caches of a server. */
    void ofAServer(RunningServer server) {
        ProbedStore store = new ProbedStore(List.of(server), "infinispan");
        measure("store `infinispan`", store, store::flood, store::kept, store::heap);
    }

    private void measure(
            String name,
            PermitStore store,
            ObjIntConsumer<String> pour,
            ToIntBiFunction<String, Integer> count,
            LongSupplier heap) {
        report.progress("A flood of " + KEYS + " names, " + name + " ...");
        Bucket account = new Bucket("bench", FIVE, Bucket.Area.KNOWN, "account." + seed, List.of());
        for (int i = 0; i < FIVE.permits(); i++) {
            store.take(account);
        }
        long before = heap.getAsLong();
        for (int part = 0; part < PARTS; part++) {
            pour.accept(seed + "." + part + ".", KEYS / PARTS);
        }
        long grown = heap.getAsLong() - before;
        int kept = 0;
        for (int part = 0; part < PARTS; part++) {
            kept += count.applyAsInt(seed + "." + part + ".", KEYS / PARTS);
        }
        boolean full = store.take(account) instanceof PermitStore.Answer.Full;
        report.add(Result.of(
                String.format(Locale.ROOT, "%,d names that nobody has, %s", KEYS, name),
                String.format(
                        Locale.ROOT,
                        "at most %,d counters, at most %d MiB; an account's counter still full",
                        MOST_TYPED,
                        mebibytes((long) MOST_TYPED * BYTES_FOR_ONE)),
                String.format(
                        Locale.ROOT, "%,d counters, %d MiB; %s", kept, mebibytes(grown), full ? "still full" : "lost"),
                kept <= MOST_TYPED && kept > 0 && grown <= (long) MOST_TYPED * BYTES_FOR_ONE && full));
    }

    private static long mebibytes(long bytes) {
        return Math.max(0, bytes) >> 20;
    }
}
