// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Keeps callers away from a store that failed: for a pause nobody asks it, then one caller tries. Without it, every
 * request would wait for the time-out of a store that is frozen.
 */
final class Breaker {

    private final InstantSource clock;
    private final Duration pause;

    /** When the next caller may try; null while the store works. */
    private final AtomicReference<@Nullable Instant> retryAt = new AtomicReference<>();

    Breaker(InstantSource clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Leave to ask the store.
     *
     * @param until the pause that ends if the store answers; null if there is none
     */
    record Pass(@Nullable Instant until) {}

    /** Leave for this caller; after a pause one caller gets it, and the others wait for its answer. */
    Optional<Pass> pass() {
        Instant at = retryAt.get();
        if (at == null) {
            return Optional.of(new Pass(null));
        }
        Instant now = clock.instant();
        Instant next = now.plus(pause);
        return !now.isBefore(at) && retryAt.compareAndSet(at, next) ? Optional.of(new Pass(next)) : Optional.empty();
    }

    /** The store failed; {@code true} if it worked before. */
    boolean failed() {
        return retryAt.getAndSet(clock.instant().plus(pause)) == null;
    }

    /**
     * The store answered whoever had {@code pass}; {@code true} if that ends a pause. An answer to a question of before
     * the pause ends none: a store that answers some and leaves others waiting is away.
     */
    boolean worked(Pass pass) {
        return pass.until() != null && retryAt.compareAndSet(pass.until(), null);
    }
}
