// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

/** An address as much as its owner needs to recognise it. */
final class MaskedAddress {

    private MaskedAddress() {}

    /** The first letter, dots, and the domain: {@code m…@example.org}. */
    static String of(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "…" : address.substring(0, address.offsetByCodePoints(0, 1)) + "…" + address.substring(at);
    }
}
