// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Whether a try goes through. */
public sealed interface Decision {

    /**
     * It does.
     *
     * @param permits what it was counted in; empty where nothing counted
     * @param left how many more would go through now in the tightest bucket
     */
    record Allowed(List<Permit> permits, int left) implements Decision {

        public Allowed {
            permits = List.copyOf(permits);
        }

        /** The same with other permits. */
        Allowed with(UnaryOperator<Permit> change) {
            return new Allowed(permits.stream().map(change).toList(), left);
        }
    }

    /**
     * It does not.
     *
     * @param bucket the one with the longest wait
     * @param retryAfter how long until all have room again, if nobody else takes it
     */
    record Refused(Bucket bucket, Duration retryAfter) implements Decision {}

    /**
     * Nobody could count it, and it must not go through uncounted.
     *
     * @param retryAfter when to try again
     */
    record Unavailable(Duration retryAfter) implements Decision {}
}
