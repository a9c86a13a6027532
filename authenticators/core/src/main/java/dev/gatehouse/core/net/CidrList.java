// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Ranges of addresses. The order means nothing. */
public final class CidrList {

    /** No range at all. */
    public static final CidrList NONE = new CidrList(List.of());

    /** What {@link #parse} accepts, as a phrase that can follow "must be". */
    public static final String RANGE = "up to 1000 addresses or ranges with commas between them, such as "
            + "192.0.2.7, 10.0.0.0/8, 2001:db8::/32 (a range by its first address)";

    private static final int MOST = 1000;

    /** More letters than a thousand ranges and some white space need. */
    private static final int LONGEST = 64 * MOST;

    private final List<Cidr> ranges;

    private CidrList(List<Cidr> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** These ranges. */
    public static CidrList of(List<Cidr> ranges) {
        return new CidrList(ranges);
    }

    /**
     * The ranges that {@code text} spells. A text of nothing but white space is no range; empty if one entry, or the whole
     * text, is not {@linkplain #RANGE what is accepted}.
     */
    public static Optional<CidrList> parse(String text) {
        if (text.isBlank()) {
            return Optional.of(NONE);
        }
        String[] entries = text.length() > LONGEST ? new String[0] : text.split(",", MOST + 1);
        if (entries.length == 0 || entries.length > MOST) {
            return Optional.empty();
        }
        List<Cidr> ranges = new ArrayList<>(entries.length);
        for (String entry : entries) {
            @Nullable Cidr range = Cidr.parse(entry.trim()).orElse(null);
            if (range == null) {
                return Optional.empty();
            }
            ranges.add(range);
        }
        return Optional.of(new CidrList(ranges));
    }

    /** Whether one of the ranges has {@code address}. */
    public boolean contains(IpAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Whether there is no range. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CidrList list && ranges.equals(list.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** The canonical texts with commas between them. */
    @Override
    public String toString() {
        return String.join(", ", ranges.stream().map(Cidr::toString).toList());
    }
}
