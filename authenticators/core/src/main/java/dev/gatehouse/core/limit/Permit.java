// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import org.jspecify.annotations.Nullable;

/**
 * A try that was counted.
 *
 * @param bucket where
 * @param shared its name in the shared store; null if that was away
 * @param local its name in the process's own count
 */
public record Permit(Bucket bucket, @Nullable String shared, String local) {

    /** What {@link #local} named until now is its name in the shared store. */
    Permit sharedAndHere(String here) {
        return new Permit(bucket, /* shared= */ local, /* local= */ here);
    }
}
