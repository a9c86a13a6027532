// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.nio.charset.StandardCharsets;

/** A token in its three parts (RFC 7515, section 7.1), decoded but not believed. */
final class CompactJws {

    private final byte[] header;
    private final byte[] payload;
    private final byte[] signed;
    private final byte[] signature;

    private CompactJws(byte[] header, byte[] payload, byte[] signed, byte[] signature) {
        this.header = header;
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
    }

    static CompactJws parse(String token, int maxLength) throws TokenRefusedException {
        if (token.length() > maxLength) {
            throw new TokenRefusedException(
                    Refusal.TOO_LARGE, "it has " + token.length() + " characters, more than " + maxLength);
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw new TokenRefusedException(Refusal.MALFORMED, "it does not consist of three parts");
        }
        return new CompactJws(
                decode("header", token.substring(0, first)),
                decode("payload", token.substring(first + 1, second)),
                // All of it is base64url by now, or will be found not to be in the next line; so a letter is a byte.
                token.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
                decode("signature", token.substring(second + 1)));
    }

    private static byte[] decode(String name, String part) throws TokenRefusedException {
        try {
            return Base64Url.decode(part);
        } catch (IllegalArgumentException e) {
            throw new TokenRefusedException(Refusal.MALFORMED, "its " + name + " is not base64url");
        }
    }

    byte[] header() {
        return header;
    }

    byte[] payload() {
        return payload;
    }

    /** What the signature is over: header and payload as they were sent, not as we would write them. */
    byte[] signed() {
        return signed;
    }

    byte[] signature() {
        return signature;
    }
}
