// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

/** Foreign text made fit for a message: on one line, in plain ASCII, and short. */
final class Quoted {

    private static final int MAX_LENGTH = 120;

    private Quoted() {}

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            char letter = text.charAt(i);
            quoted.append(letter >= ' ' && letter < 0x7f && letter != '\'' ? letter : '?');
        }
        return quoted.append(text.length() > MAX_LENGTH ? "...'" : "'").toString();
    }
}
