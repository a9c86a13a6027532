// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

/** What Redis asks for before it answers. */
record Password(String text) {

    boolean isSet() {
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return isSet() ? "Password[redacted]" : "";
    }
}
