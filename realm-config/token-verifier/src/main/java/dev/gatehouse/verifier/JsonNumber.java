// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A number in a JSON text (RFC 8259, section 6): its exact value, and where it ends.
 *
 * <p>Numbers of more than {@value #MAX_LENGTH} characters, and those beyond the range of a double, are none. The bound is what
 * keeps {@code 1e999999999}, eleven letters, from becoming a billion digits in whoever converts it.
 */
record JsonNumber(BigDecimal value, int end) {

    static final int MAX_LENGTH = 64;
    private static final int MAX_MAGNITUDE = 308;

    /** The number that starts at this place, or {@code null} when none does. */
    static @Nullable JsonNumber at(String text, int start) {
        int at = text.startsWith("-", start) ? start + 1 : start;
        int end = digits(text, at);
        if (end == at || (text.charAt(at) == '0' && end > at + 1)) {
            return null;
        }
        if (text.startsWith(".", end)) {
            at = end + 1;
            end = digits(text, at);
            if (end == at) {
                return null;
            }
        }
        if (text.startsWith("e", end) || text.startsWith("E", end)) {
            at = end + 1;
            if (text.startsWith("+", at) || text.startsWith("-", at)) {
                at++;
            }
            end = digits(text, at);
            // Four digits are beyond the range anyway, and BigDecimal counts exponents in an int.
            if (end == at || end - at > 3) {
                return null;
            }
        }
        if (end - start > MAX_LENGTH) {
            return null;
        }
        BigDecimal value = new BigDecimal(text.substring(start, end));
        long magnitude = (long) value.precision() - value.scale() - 1;
        return Math.abs(magnitude) > MAX_MAGNITUDE ? null : new JsonNumber(value, end);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
