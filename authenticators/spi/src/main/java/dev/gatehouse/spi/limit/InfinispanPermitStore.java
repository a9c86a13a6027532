// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.SlidingLog;
import dev.gatehouse.core.limit.StoreUnavailableException;
import org.infinispan.Cache;
import org.infinispan.commons.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Counts in caches of Keycloak's own cluster: a log of times for each counter, changed only by compare-and-set.
 *
 * <p>Exact over all nodes of a cluster, over the death of a node too, as each log has two owners. Not exact over a split
 * of the cluster, in which each side counts for itself, and not for a counter that was evicted because there are more
 * than the caches hold. The caches belong to no transaction: what is counted stays counted if the request rolls back.
 *
 * <p>A method takes less than a second, also while a node is frozen: nobody waits longer for the caches than that, and
 * what is still under way then is left to itself. A try may be counted so although nobody knows its permit.
 */
final class InfinispanPermitStore implements PermitStore {

    /** How long after its beginning a method starts no new round. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** How long a method takes at most. */
    private static final Duration LONGEST = Duration.ofMillis(800);

    /** What a try that met too many others is told. */
    private static final Duration CROWDED = Duration.ofSeconds(1);

    private static final int ROUNDS = 200;

    private final InfinispanCaches caches;
    private final InstantSource clock;
    private final SecureRandom random;

    InfinispanPermitStore(InfinispanCaches caches, InstantSource clock, SecureRandom random) {
        this.caches = caches;
        this.clock = clock;
        this.random = random;
    }

    /** What a counter held, and what counts of it now. */
    private record Reading(@Nullable String text, SlidingLog log, long now, long clearedAt) {}

    @Override
    public Answer take(Bucket bucket) {
        Cache<String, String> counters = caches.counters(bucket.area());
        Call call = new Call();
        Reading reading = read(call, bucket);
        long id = random.nextInt() & 0xFFFF_FFFFL;
        do {
            Optional<String> counted = reading.log().permitOf(id);
            if (counted.isPresent()) {
                // It was, although a node that died could not tell.
                return new Answer.Taken(counted.get(), reading.log().left(bucket.rate()));
            }
            int left = reading.log().left(bucket.rate());
            if (left == 0) {
                return new Answer.Full(reading.log().retryAfter(bucket.rate(), reading.now()));
            }
            long at = SlidingLog.after(reading.clearedAt(), reading.now());
            if (replaced(call, counters, bucket, reading.text(), reading.log().with(at, id))) {
                return new Answer.Taken(SlidingLog.permit(at, id), left - 1);
            }
            // Not read again: this node may own a copy that is not the first owner's, after an eviction for example.
            // Comparing with that would fail for ever. Here the first owner tells its own, or begins anew with ours.
            String alone = SlidingLog.EMPTY.with(at, id).text();
            long life = lifespan(bucket.rate().window());
            String there =
                    call.await(() -> counters.putIfAbsentAsync(bucket.key(), alone, life, TimeUnit.MILLISECONDS));
            if (there == null) {
                return new Answer.Taken(SlidingLog.permit(at, id), bucket.rate().permits() - 1);
            }
            reading = reading(bucket, there, reading.clearedAt());
        } while (call.hasTimeForAnotherRound());
        return new Answer.Full(CROWDED);
    }

    @Override
    public void giveBack(Bucket bucket, String permit) {
        Cache<String, String> counters = caches.counters(bucket.area());
        Call call = new Call();
        do {
            String text = call.await(() -> counters.getAsync(bucket.key()));
            if (text == null) {
                return;
            }
            SlidingLog log = SlidingLog.parse(text);
            SlidingLog rest = log.without(permit);
            if (rest == log || replaced(call, counters, bucket, text, rest)) {
                return;
            }
        } while (call.hasTimeForAnotherRound());
        // It stays counted: a wait may be longer than it had to be.
    }

    @Override
    public Duration peek(Bucket bucket) {
        Reading reading = read(new Call(), bucket);
        return reading.log().retryAfter(bucket.rate(), reading.now());
    }

    @Override
    public void clear(String subject, Duration life) {
        Cache<String, String> cleared = caches.cleared();
        Call call = new Call();
        long before = mark(call.await(() -> cleared.getAsync(subject)));
        String mark = Long.toString(SlidingLog.after(before, clock.millis()));
        call.await(() -> cleared.putAsync(subject, mark, lifespan(life), TimeUnit.MILLISECONDS));
    }

    private Reading read(Call call, Bucket bucket) {
        // All at once: where a key is not owned by this node, each read is a round trip.
        List<CompletableFuture<@Nullable String>> marks = new ArrayList<>();
        bucket.subjects()
                .forEach(subject -> marks.add(call.start(() -> caches.cleared().getAsync(subject))));
        CompletableFuture<@Nullable String> text =
                call.start(() -> caches.counters(bucket.area()).getAsync(bucket.key()));
        long clearedAt = 0;
        for (CompletableFuture<@Nullable String> mark : marks) {
            clearedAt = Math.max(clearedAt, mark(call.end(mark)));
        }
        return reading(bucket, call.end(text), clearedAt);
    }

    private Reading reading(Bucket bucket, @Nullable String text, long clearedAt) {
        long now = clock.millis();
        SlidingLog log = text == null ? SlidingLog.EMPTY : SlidingLog.parse(text);
        return new Reading(text, log.live(bucket.rate(), now, clearedAt), now, clearedAt);
    }

    /** Whether the counter held {@code before} and holds {@code after} now. */
    private static boolean replaced(
            Call call, Cache<String, String> counters, Bucket bucket, @Nullable String before, SlidingLog after) {
        if (before == null) {
            return false;
        }
        if (after.isEmpty()) {
            return call.await(() -> counters.removeAsync(bucket.key(), before));
        }
        long life = lifespan(bucket.rate().window());
        return call.await(() -> counters.replaceAsync(bucket.key(), before, after.text(), life, TimeUnit.MILLISECONDS));
    }

    /** A second more than is needed: nodes' clocks differ a little. */
    private static long lifespan(Duration needed) {
        return needed.plusSeconds(1).toMillis();
    }

    private static long mark(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    /** One call of the store: what it waits for, and how long. */
    private static final class Call {

        private final long begin = System.nanoTime();
        private int rounds;

        boolean hasTimeForAnotherRound() {
            return ++rounds < ROUNDS && System.nanoTime() - begin < PATIENCE.toNanos();
        }

        <T extends @Nullable Object> T await(Supplier<CompletableFuture<T>> operation) {
            return end(start(operation));
        }

        <T extends @Nullable Object> CompletableFuture<T> start(Supplier<CompletableFuture<T>> operation) {
            try {
                return operation.get();
            } catch (CacheException e) {
                // What it throws at once: the cache is stopped.
                throw unavailable(e);
            }
        }

        <T extends @Nullable Object> T end(CompletableFuture<T> running) {
            try {
                return running.get(begin + LONGEST.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw unavailable(e);
            } catch (ExecutionException e) {
                // All that goes wrong between nodes is one of these: time-outs, nodes that left, a partition.
                if (e.getCause() instanceof CacheException) {
                    throw unavailable(e.getCause());
                }
                throw new IllegalStateException("The caches of permits failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(e);
            }
        }

        private static StoreUnavailableException unavailable(Throwable why) {
            return new StoreUnavailableException("The caches of permits did not answer", why);
        }
    }
}
