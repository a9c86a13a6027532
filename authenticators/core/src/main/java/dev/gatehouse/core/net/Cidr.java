// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.net;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A range: all addresses that begin with the same bits.
 *
 * <p>IPv4 and IPv6 are kept apart: no IPv4 address lies in an IPv6 range, not even in {@code ::/0}.
 */
public final class Cidr {

    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** How many bits come before an IPv4 address that is written as an IPv6 one. */
    private static final int MAPPED_BITS = 96;

    private final IpAddress first;
    private final int prefixLength;

    private Cidr(IpAddress first, int prefixLength) {
        this.first = first;
        this.prefixLength = prefixLength;
    }

    /**
     * The range that {@code text} spells, such as {@code 10.0.0.0/8}; a bare address is a range of one. Empty for anything
     * else, and for a range that is named by an address inside it, such as {@code 10.1.2.3/8}: who writes that may mean
     * the one address.
     */
    public static Optional<Cidr> parse(String text) {
        return read(text, true);
    }

    /** As {@link #parse}, but {@code 10.1.2.3/8} is {@code 10.0.0.0/8}. */
    public static Optional<Cidr> around(String text) {
        return read(text, false);
    }

    /** Whether {@code address} is in this range. */
    public boolean contains(IpAddress address) {
        return address.bits() == first.bits() && address.masked(prefixLength).equals(first);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr range && first.equals(range.first) && prefixLength == range.prefixLength;
    }

    @Override
    public int hashCode() {
        return 31 * first.hashCode() + prefixLength;
    }

    /** The canonical text, always with a prefix length. */
    @Override
    public String toString() {
        return first.network(prefixLength);
    }

    private static Optional<Cidr> read(String text, boolean exactly) {
        int slash = text.indexOf('/');
        String written = slash < 0 ? text : text.substring(0, slash);
        return IpAddress.parse(written).flatMap(address -> {
            int length = address.bits();
            if (slash >= 0) {
                boolean mapped = !address.isV6() && written.indexOf(':') >= 0;
                length = length(text.substring(slash + 1)) - (mapped ? MAPPED_BITS : 0);
            }
            if (length < 0 || length > address.bits()) {
                return Optional.empty();
            }
            IpAddress first = address.masked(length);
            return exactly && !first.equals(address) ? Optional.empty() : Optional.of(new Cidr(first, length));
        });
    }

    private static int length(String digits) {
        return LENGTH.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
    }
}
