// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tries that one counter still knows, the oldest first. Immutable.
 *
 * <p>What every store decides by that keeps the times of tries: such a store only has to change one log into another
 * without losing what happened in between. Times are in milliseconds; those of different nodes may differ, and a try
 * counts for as long as the node that asks thinks.
 */
public final class SlidingLog {

    /** No tries. */
    public static final SlidingLog EMPTY = new SlidingLog(List.of());

    private static final int RADIX = 36;

    private final List<Entry> entries;

    private SlidingLog(List<Entry> entries) {
        this.entries = entries;
    }

    /** The log that {@link #text()} wrote. What it cannot have written holds no tries. */
    public static SlidingLog parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        String[] parts = text.split(" ", -1);
        List<Entry> entries = new ArrayList<>(parts.length);
        try {
            long at = 0;
            for (String part : parts) {
                int dot = part.indexOf('.');
                at += Long.parseLong(part, 0, Math.max(0, dot), RADIX);
                entries.add(new Entry(at, Long.parseLong(part, dot + 1, part.length(), RADIX)));
            }
        } catch (NumberFormatException e) {
            return EMPTY;
        }
        return new SlidingLog(entries);
    }

    /** The log as a text: about 15 characters a try, the first time as it is and the others as their distance. */
    public String text() {
        StringBuilder text = new StringBuilder(entries.size() * 16);
        long last = 0;
        for (Entry entry : entries) {
            if (text.length() > 0) {
                text.append(' ');
            }
            text.append(Long.toString(entry.at() - last, RADIX)).append('.').append(Long.toString(entry.id(), RADIX));
            last = entry.at();
        }
        return text.toString();
    }

    /**
     * When to say that something happened {@code now}, so that it is later than {@code cleared}: two things that happen
     * in one millisecond, or on two nodes, have to keep their order.
     */
    public static long after(long cleared, long now) {
        return Math.max(now, cleared + 1);
    }

    /** What {@link #with} calls a try. */
    public static String permit(long at, long id) {
        return Long.toString(at, RADIX) + '.' + Long.toString(id, RADIX);
    }

    /**
     * The tries that count: those within the window that ends {@code now} and later than {@code cleared}.
     *
     * @param cleared when the counter was emptied; {@code 0} if it never was
     */
    public SlidingLog live(Rate rate, long now, long cleared) {
        long horizon = Math.max(now - rate.window().toMillis(), cleared);
        int first = 0;
        while (first < entries.size() && entries.get(first).at() <= horizon) {
            first++;
        }
        return first == 0 ? this : new SlidingLog(entries.subList(first, entries.size()));
    }

    /** The newest {@code count} tries. */
    public SlidingLog newest(int count) {
        return entries.size() <= count ? this : new SlidingLog(entries.subList(entries.size() - count, entries.size()));
    }

    /** How many more tries fit; all that the log holds have to be {@linkplain #live live}. */
    public int left(Rate rate) {
        return Math.max(0, rate.permits() - entries.size());
    }

    /** How long until one more try fits; zero if one does. All that the log holds have to be {@linkplain #live live}. */
    public Duration retryAfter(Rate rate, long now) {
        // A rate that was lowered leaves more in the log than fits: all but the newest few have to pass first.
        int passing = entries.size() - rate.permits();
        if (passing < 0) {
            return Duration.ZERO;
        }
        return Duration.ofMillis(
                Math.max(1, entries.get(passing).at() + rate.window().toMillis() - now));
    }

    /** The log with one more try, which is called {@link #permit}. */
    public SlidingLog with(long at, long id) {
        List<Entry> more = new ArrayList<>(entries.size() + 1);
        more.addAll(entries);
        // Clocks of nodes differ: the newest try is not always the last to be written.
        int place = entries.size();
        while (place > 0 && entries.get(place - 1).at() > at) {
            place--;
        }
        more.add(place, new Entry(at, id));
        return new SlidingLog(more);
    }

    /** The log without the try that is called {@code permit}; the log itself if there is none. */
    public SlidingLog without(String permit) {
        List<Entry> others = entries.stream()
                .filter(entry -> !permit(entry.at(), entry.id()).equals(permit))
                .toList();
        return others.size() == entries.size() ? this : new SlidingLog(others);
    }

    /** What the try with this id is called; empty if there is none. */
    public Optional<String> permitOf(long id) {
        return entries.stream()
                .filter(entry -> entry.id() == id)
                .map(entry -> permit(entry.at(), entry.id()))
                .findFirst();
    }

    /** Whether there are no tries. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    private record Entry(long at, long id) {}
}
