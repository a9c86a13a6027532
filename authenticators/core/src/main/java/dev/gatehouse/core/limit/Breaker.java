// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    /** Whether this caller may ask the store. After a pause one caller gets {@code true}, and others wait for it. */
    boolean letsThrough() {
        Instant at = retryAt.get();
        if (at == null) {
            return true;
        }
        Instant now = clock.instant();
        return !now.isBefore(at) && retryAt.compareAndSet(at, now.plus(pause));
    }

    /** The store failed; {@code true} if it worked before. */
    boolean failed() {
        return retryAt.getAndSet(clock.instant().plus(pause)) == null;
    }

    /** The store worked; {@code true} if it had failed before. */
    boolean worked() {
        // The usual case writes nothing.
        return retryAt.get() != null && retryAt.getAndSet(null) != null;
    }
}
