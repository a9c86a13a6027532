// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** What came for whom, in the order in which it came, and how far each box has been read. */
public final class Boxes<T> {

    private record Arrival<T>(String box, T thing) {}

    private final List<Arrival<T>> arrivals = new ArrayList<>();
    private final Map<String, Integer> read = new HashMap<>();

    public synchronized void add(String box, T thing) {
        arrivals.add(new Arrival<>(box, thing));
        notifyAll();
    }

    public synchronized List<T> all() {
        return arrivals.stream().map(Arrival::thing).toList();
    }

    public synchronized List<T> of(String box) {
        return arrivals.stream()
                .filter(arrival -> arrival.box().equals(box))
                .map(Arrival::thing)
                .toList();
    }

    /** The next thing that was not read yet, as soon as it is there; null when the time is over. */
    public synchronized @Nullable T next(String box, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<T> own = of(box);
            int from = read.getOrDefault(box, 0);
            if (own.size() > from) {
                read.put(box, from + 1);
                return own.get(from);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for something for " + box, e);
            }
        }
    }

    /** What is there already counts as read. */
    public synchronized void skip(String box) {
        read.put(box, of(box).size());
    }
}
