// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.util.List;

/**
 * One counter.
 *
 * @param rule what a refusal is called in events, metrics and headers; never secret
 * @param rate how much fits
 * @param area which keys it may be evicted together with
 * @param key what tells this counter from all others; opaque, at most a hundred characters, never a raw name or address
 * @param subjects the keys of {@link PermitStore#clear} that empty this counter, at most two
 */
public record Bucket(String rule, Rate rate, Area area, String key, List<String> subjects) {

    /** Who chooses a key. What strangers can make any number of must never evict what they cannot. */
    public enum Area {
        /** Chosen by the server: ids of accounts and clients, marks that it signed. */
        KNOWN,
        /** Chosen by whoever types. */
        TYPED,
        /** Network addresses. */
        ADDRESS
    }

    public Bucket {
        subjects = List.copyOf(subjects);
        if (subjects.size() > 2) {
            throw new IllegalArgumentException("A bucket has two subjects at most, not " + subjects.size());
        }
    }
}
