// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that a verifier can be told to accept.
 *
 * <p>The list is short on purpose. {@code none} and the HMAC family are not in it and cannot be added: with either, whoever
 * knows a public value can make a token.
 */
public enum Algorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3), with keys of 2048 to 8192 bits. */
    RS256("SHA256withRSA"),

    /** ECDSA on the curve P-256 with SHA-256 (RFC 7518, section 3.4); a signature is the 64 bytes of r and s. */
    ES256("SHA256withECDSAinP1363Format");

    private final String jcaName;

    Algorithm(String jcaName) {
        this.jcaName = jcaName;
    }

    /** The algorithm that a JOSE header or a JWK calls by this name, letter for letter; {@code null} for any other. */
    static @Nullable Algorithm named(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        return null;
    }

    /** Whether {@code signature} was made over {@code signed} with the private half of {@code key}. */
    boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
        // Checked here and not left to the JDK alone: for years it took r = s = 0 for a signature of anything
        // (CVE-2022-21449), and an old JDK is exactly where a function runs.
        if (this == ES256 && !P256.isSignature(signature)) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance(jcaName);
            verification.initVerify(key);
            verification.update(signed);
            return verification.verify(signature);
        } catch (SignatureException e) {
            // How the JDK says that the bytes are no signature at all, of a wrong length for instance.
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This Java runtime cannot check signatures with " + jcaName, e);
        }
    }
}
