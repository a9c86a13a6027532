// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.probe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;

/**
 * One try each of many names that nobody has; what a stranger does who wants to fill a store.
 *
 * @param seed floods with different ones have no name in common
 * @param keys how many names
 */
public record Flood(String seed, int keys) {

    private static final Duration WINDOW = Duration.ofMinutes(15);

    public void into(PermitStore store) {
        for (int i = 0; i < keys; i++) {
            store.take(bucket(i, new Rate(5, WINDOW)));
        }
    }

    /** How many counters of this flood are still there. */
    public int keptBy(PermitStore store) {
        // With a limit of one, whoever has tried has to wait.
        Rate once = new Rate(1, WINDOW);
        int kept = 0;
        for (int i = 0; i < keys; i++) {
            kept += store.peek(bucket(i, once)).isZero() ? 0 : 1;
        }
        return kept;
    }

    /** How many bytes this process holds after its garbage was collected. */
    public static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private Bucket bucket(int number, Rate rate) {
        // As good as random, and the same when it is asked for again.
        String key = UUID.nameUUIDFromBytes((seed + number).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new Bucket("probe", rate, Bucket.Area.TYPED, key, List.of());
    }
}
