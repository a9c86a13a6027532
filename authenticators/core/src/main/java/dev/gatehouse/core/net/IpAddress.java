// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.net;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** An IPv4 or IPv6 address. An IPv4 address that is written as an IPv6 one is the IPv4 address. */
public final class IpAddress {

    /** The longest text: six groups of four letters, and an IPv4 address of three digits each. */
    private static final int LONGEST = 45;

    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The address that {@code text} spells: four decimal numbers without leading zeros, or the text forms of RFC 4291,
     * section 2.2. Empty for anything else: names, brackets, ports, zones, prefixes, white space, shortened or octal
     * IPv4.
     */
    public static Optional<IpAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        byte @Nullable [] bytes = text.indexOf(':') < 0 ? v4(text) : v6(text);
        return Optional.ofNullable(bytes).map(IpAddress::unmapped).map(IpAddress::new);
    }

    /** Whether this is an IPv6 address. */
    public boolean isV6() {
        return bytes.length == V6_BYTES;
    }

    /**
     * The network of this address that has {@code prefixLength} bits, in canonical text such as
     * {@code 2001:db8:1:2::/64}.
     *
     * @param prefixLength up to 32 for an IPv4 address, up to 128 for an IPv6 one
     */
    public String network(int prefixLength) {
        return masked(prefixLength) + "/" + prefixLength;
    }

    /** This address with nothing but zeros after {@code prefixLength} bits. */
    IpAddress masked(int prefixLength) {
        if (prefixLength < 0 || prefixLength > bits()) {
            throw new IllegalArgumentException("A prefix has up to " + bits() + " bits, not " + prefixLength);
        }
        byte[] masked = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(8, prefixLength - 8 * i));
            masked[i] &= (byte) (0xff00 >> kept);
        }
        return new IpAddress(masked);
    }

    int bits() {
        return 8 * bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The canonical text: RFC 5952 for IPv6. */
    @Override
    public String toString() {
        return isV6() ? v6Text() : v4Text();
    }

    private String v4Text() {
        return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
    }

    private String v6Text() {
        int gap = 0;
        int gapLength = 0;
        for (int start = 0; start < 8; start++) {
            int length = zeros(start);
            if (length > gapLength) {
                gap = start;
                gapLength = length;
            }
        }
        // A single group of zeros is written out; of two equally long runs the first is left out.
        return gapLength < 2 ? groups(0, 8) : groups(0, gap) + "::" + groups(gap + gapLength, 8);
    }

    /** How many groups of zeros there are from {@code start} on. */
    private int zeros(int start) {
        int end = start;
        while (end < 8 && group(end) == 0) {
            end++;
        }
        return end - start;
    }

    private String groups(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        return ((bytes[2 * index] & 0xff) << 8) | (bytes[2 * index + 1] & 0xff);
    }

    private static byte[] unmapped(byte[] bytes) {
        return bytes.length == V6_BYTES && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length)
                ? Arrays.copyOfRange(bytes, MAPPED.length, V6_BYTES)
                : bytes;
    }

    private static byte @Nullable [] v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_BYTES) {
            return null;
        }
        byte[] bytes = new byte[V4_BYTES];
        for (int i = 0; i < V4_BYTES; i++) {
            int value = number(parts[i], 10, 3);
            // A leading zero means octal to some readers and nothing to others.
            if (value < 0 || value > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static byte @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte @Nullable [] whole = groups(text, true);
            return whole != null && whole.length == V6_BYTES ? whole : null;
        }
        byte @Nullable [] head = groups(text.substring(0, gap), false);
        byte @Nullable [] tail = groups(text.substring(gap + 2), true);
        // The gap stands for one group at least.
        if (head == null || tail == null || head.length + tail.length > V6_BYTES - 2) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, V6_BYTES);
        System.arraycopy(tail, 0, bytes, V6_BYTES - tail.length, tail.length);
        return bytes;
    }

    /** What groups with single colons between them stand for; no group at all is nothing. */
    private static byte @Nullable [] groups(String text, boolean mayEndInV4) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(V6_BYTES);
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInV4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte @Nullable [] end = v4(parts[i]);
                if (end == null) {
                    return null;
                }
                bytes.writeBytes(end);
            } else {
                int value = number(parts[i], 16, 4);
                if (value < 0) {
                    return null;
                }
                bytes.write(value >> 8);
                bytes.write(value);
            }
        }
        return bytes.toByteArray();
    }

    /** The number that one to {@code most} digits spell, or -1. The JDK's parsers also take signs and other scripts. */
    private static int number(String digits, int radix, int most) {
        if (digits.isEmpty() || digits.length() > most) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
