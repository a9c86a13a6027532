// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.util.Base64;

/** Base64url as RFC 7515, section 2 has it: no padding, no line breaks, no white space, one spelling for each value. */
final class Base64Url {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    /**
     * The bytes that the text stands for.
     *
     * @throws IllegalArgumentException when it stands for none, or is not their only proper spelling
     */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        // The JDK's decoder takes padding, and forgives stray bits in the last letter: one token, many spellings. What
        // does
        // not come back letter for letter was not canonical.
        if (!ENCODER.encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not canonical base64url");
        }
        return bytes;
    }
}
