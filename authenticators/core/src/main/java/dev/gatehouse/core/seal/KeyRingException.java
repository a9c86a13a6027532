// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

/**
 * Says in one line why a text is no key ring: the place, the line and the rule. It shows nothing of the text, whose every
 * word may be a key.
 */
public final class KeyRingException extends Exception {

    /**
     * @param place where the text should come from
     * @param rule what is wrong, without a word of the text
     */
    public KeyRingException(String place, String rule) {
        super(place + ": " + rule);
    }

    KeyRingException(String place, int line, String rule) {
        this(place + ", line " + line, rule);
    }
}
