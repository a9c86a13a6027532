// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts within this process. For a single node, and for the time while a shared store is away.
 *
 * <p>Its memory is bounded: each {@linkplain Bucket.Area area} keeps so many counters, and the one that was used longest
 * ago makes room for a new one. It is no shared store: two processes count for themselves.
 */
public final class LocalPermitStore implements PermitStore {

    private final InstantSource clock;
    private final Map<Bucket.Area, Newest<SlidingLog>> areas = new EnumMap<>(Bucket.Area.class);
    private final Newest<Long> cleared;
    private final AtomicLong serial = new AtomicLong();

    /**
     * @param clock tells the time
     * @param capacity how many counters an area keeps
     */
    public LocalPermitStore(InstantSource clock, int capacity) {
        this.clock = clock;
        for (Bucket.Area area : Bucket.Area.values()) {
            areas.put(area, new Newest<>(capacity));
        }
        this.cleared = new Newest<>(capacity);
    }

    @Override
    public Answer take(Bucket bucket) {
        Newest<SlidingLog> counters = counters(bucket);
        long clearedAt = clearedAt(bucket);
        synchronized (counters) {
            long now = clock.millis();
            SlidingLog log = live(counters, bucket, now, clearedAt);
            if (log.left(bucket.rate()) == 0) {
                return new Answer.Full(log.retryAfter(bucket.rate(), now));
            }
            String permit = count(counters, bucket, log, SlidingLog.after(clearedAt, now));
            return new Answer.Taken(permit, log.left(bucket.rate()) - 1);
        }
    }

    /** Counts a try that went through elsewhere, whether there is room for it or not. */
    String record(Bucket bucket) {
        Newest<SlidingLog> counters = counters(bucket);
        long clearedAt = clearedAt(bucket);
        synchronized (counters) {
            long now = clock.millis();
            SlidingLog log = live(counters, bucket, now, clearedAt);
            return count(counters, bucket, log.newest(bucket.rate().permits() - 1), SlidingLog.after(clearedAt, now));
        }
    }

    @Override
    public void giveBack(Bucket bucket, String permit) {
        Newest<SlidingLog> counters = counters(bucket);
        synchronized (counters) {
            SlidingLog log = counters.get(bucket.key());
            if (log != null) {
                SlidingLog rest = log.without(permit);
                if (rest.isEmpty()) {
                    counters.remove(bucket.key());
                } else {
                    counters.put(bucket.key(), rest);
                }
            }
        }
    }

    @Override
    public Duration peek(Bucket bucket) {
        Newest<SlidingLog> counters = counters(bucket);
        long clearedAt = clearedAt(bucket);
        synchronized (counters) {
            long now = clock.millis();
            return live(counters, bucket, now, clearedAt).retryAfter(bucket.rate(), now);
        }
    }

    @Override
    public void clear(String subject, Duration life) {
        synchronized (cleared) {
            cleared.merge(subject, clock.millis(), SlidingLog::after);
        }
    }

    /** How many counters are kept now, over all areas. */
    public int size() {
        int size = 0;
        for (Newest<SlidingLog> counters : areas.values()) {
            synchronized (counters) {
                size += counters.size();
            }
        }
        return size;
    }

    private Newest<SlidingLog> counters(Bucket bucket) {
        return Objects.requireNonNull(areas.get(bucket.area()));
    }

    private long clearedAt(Bucket bucket) {
        synchronized (cleared) {
            return bucket.subjects().stream()
                    .mapToLong(subject -> cleared.getOrDefault(subject, 0L))
                    .max()
                    .orElse(0);
        }
    }

    private static SlidingLog live(Newest<SlidingLog> counters, Bucket bucket, long now, long clearedAt) {
        return counters.getOrDefault(bucket.key(), SlidingLog.EMPTY).live(bucket.rate(), now, clearedAt);
    }

    private String count(Newest<SlidingLog> counters, Bucket bucket, SlidingLog log, long at) {
        long id = serial.incrementAndGet();
        counters.put(bucket.key(), log.with(at, id));
        return SlidingLog.permit(at, id);
    }

    /** What was used last, {@code capacity} of them. Whoever uses it synchronizes on it. */
    private static final class Newest<V> extends LinkedHashMap<String, V> {

        private final int capacity;

        Newest(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > capacity;
        }
    }
}
