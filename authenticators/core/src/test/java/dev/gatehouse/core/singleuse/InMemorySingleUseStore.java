// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.singleuse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The port in a map, for tests of what stands on it. It passes the same contract as the real ones. */
public final class InMemorySingleUseStore implements SingleUseStore {

    private record Entry(Map<String, String> record, Instant end) {}

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public InMemorySingleUseStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void issue(String key, Map<String, String> record, Duration life) {
        entries.put(key, new Entry(Map.copyOf(record), clock.instant().plus(life)));
    }

    @Override
    public Optional<Map<String, String>> peek(String key) {
        return Optional.ofNullable(entries.get(key)).filter(this::alive).map(Entry::record);
    }

    @Override
    public Optional<Map<String, String>> consume(String key) {
        return Optional.ofNullable(entries.remove(key)).filter(this::alive).map(Entry::record);
    }

    @Override
    public boolean claim(String key, Duration life) {
        AtomicBoolean won = new AtomicBoolean();
        entries.compute(key, (same, old) -> {
            won.set(old == null || !alive(old));
            return won.get() ? new Entry(Map.of(), clock.instant().plus(life)) : old;
        });
        return won.get();
    }

    private boolean alive(Entry entry) {
        return clock.instant().isBefore(entry.end());
    }
}
