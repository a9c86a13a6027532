// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names of keys that the issuer does not have, remembered for a short while. A client that repeats a bad token does not use up the
 * budget that the first token after a change of keys will need.
 */
final class UnknownKeys {

    static final int CAPACITY = 256;
    static final Duration MEMORY = Duration.ofSeconds(10);

    private final Map<String, Instant> names = new LinkedHashMap<>();

    synchronized boolean contains(String name, Instant now) {
        Instant since = names.get(name);
        return since != null && Duration.between(since, now).abs().compareTo(MEMORY) < 0;
    }

    synchronized void add(String name, Instant now) {
        names.remove(name);
        if (names.size() == CAPACITY) {
            Iterator<String> oldestFirst = names.keySet().iterator();
            oldestFirst.next();
            oldestFirst.remove();
        }
        names.put(name, now);
    }

    synchronized int size() {
        return names.size();
    }
}
