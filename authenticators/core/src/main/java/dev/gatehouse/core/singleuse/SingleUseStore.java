// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.singleuse;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Records that can be consumed once, and claims that can be won once, over all nodes that share the store. */
public interface SingleUseStore {

    /**
     * Stores {@code record} under {@code key}, which must never have been used: a random secret's hash, for example.
     * The record may become visible only when the caller's transaction commits.
     *
     * @param life at least how long the record can be consumed; a store may round it up to whole seconds
     */
    void issue(String key, Map<String, String> record, Duration life);

    /**
     * The record as it is now, to show something to a person. It decides nothing: by the time the caller looks at it
     * somebody else may have consumed it.
     */
    Optional<Map<String, String>> peek(String key);

    /** Takes the record away. Of any number of concurrent callers exactly one gets it; all others get empty. */
    Optional<Map<String, String>> consume(String key);

    /**
     * Claims {@code key} for {@code life}. Of any number of concurrent callers exactly one gets {@code true}, and
     * nobody else does until {@code life} is over.
     */
    boolean claim(String key, Duration life);
}
