// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;

/**
 * Where permits are counted.
 *
 * <p>Cut after what a store can decide atomically: there is no way to read a counter and write it back. Every method may
 * throw {@link StoreUnavailableException}; too much contention is never that, but {@link Answer.Full}.
 */
public interface PermitStore {

    /** What {@link #take} decided. */
    sealed interface Answer {

        /**
         * The try is counted.
         *
         * @param permit names it for {@link PermitStore#giveBack}
         * @param left how many more would go through now; a store that does not know tells an upper bound
         */
        record Taken(String permit, int left) implements Answer {}

        /**
         * The try is not counted, and does not make the wait longer.
         *
         * @param retryAfter how long until one goes through, if nobody else takes it; more than zero
         */
        record Full(Duration retryAfter) implements Answer {}
    }

    /**
     * Counts one try, if fewer than {@code rate.permits()} were counted within the window that ends now. Of any number
     * of concurrent callers on all nodes that share the store exactly as many get through as fit.
     */
    Answer take(Bucket bucket);

    /**
     * Undoes one {@link #take} of the same bucket. A permit that does not exist any more, or was given back before, is
     * ignored: another's is never given back instead of it. A store may ignore one that is no longer young.
     */
    void giveBack(Bucket bucket, String permit);

    /** How long until a try would go through; zero if one would now. Counts nothing and decides nothing. */
    Duration peek(Bucket bucket);

    /**
     * Empties every counter that names {@code subject}.
     *
     * @param life the longest window that such a counter has
     */
    void clear(String subject, Duration life);
}
