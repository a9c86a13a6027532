// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.SingleUseObjectProvider;

/** Keycloak's single-use objects in a map. Every call takes effect at once. */
public final class FakeObjects implements SingleUseObjectProvider {

    private record Entry(Map<String, String> notes, Instant end) {}

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile Runnable claimed = () -> {};

    public FakeObjects(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void put(String key, long lifespanSeconds, Map<String, String> notes) {
        entries.put(key, new Entry(Map.copyOf(notes), end(lifespanSeconds)));
    }

    @Override
    public @Nullable Map<String, String> get(String key) {
        return notes(entries.get(key));
    }

    @Override
    public @Nullable Map<String, String> remove(String key) {
        return notes(entries.remove(key));
    }

    /** What happens elsewhere at the moment of each claim. */
    public void whenClaimed(Runnable elsewhere) {
        claimed = elsewhere;
    }

    @Override
    public boolean putIfAbsent(String key, long lifespanSeconds) {
        claimed.run();
        AtomicBoolean won = new AtomicBoolean();
        entries.compute(key, (same, old) -> {
            won.set(notes(old) == null);
            return won.get() ? new Entry(Map.of(), end(lifespanSeconds)) : old;
        });
        return won.get();
    }

    /** How many objects there are, over or not. */
    public int size() {
        return entries.size();
    }

    @Override
    public boolean replace(String key, Map<String, String> notes) {
        throw new AssertionError("unexpected call: replace");
    }

    @Override
    public boolean contains(String key) {
        throw new AssertionError("unexpected call: contains");
    }

    @Override
    public void close() {}

    private Instant end(long lifespanSeconds) {
        if (lifespanSeconds < 1) {
            throw new AssertionError("Keycloak keeps nothing for " + lifespanSeconds + " seconds");
        }
        return clock.instant().plus(Duration.ofSeconds(lifespanSeconds));
    }

    private @Nullable Map<String, String> notes(@Nullable Entry entry) {
        return entry == null || !clock.instant().isBefore(entry.end()) ? null : entry.notes();
    }
}
