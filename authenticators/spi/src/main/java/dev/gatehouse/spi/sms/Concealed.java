// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

/** An option that is, or can hold, a secret: no text form shows it. */
record Concealed(String text) {

    boolean isSet() {
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return isSet() ? "[hidden]" : "";
    }
}
