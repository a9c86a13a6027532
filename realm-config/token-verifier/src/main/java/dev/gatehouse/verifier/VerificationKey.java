// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A key from the issuer's set with the one algorithm that it is for. */
record VerificationKey(String id, Algorithm algorithm, PublicKey key) {

    private static final int MIN_RSA_BITS = 2048;

    /** A check takes time in proportion to the square of this, so there is a most as well. */
    private static final int MAX_RSA_BITS = 8192;

    private static final BigInteger F4 = BigInteger.valueOf(65537);

    /**
     * Reads a JWK (RFC 7517, section 4; RFC 7518, section 6).
     *
     * @throws UnusableKeyException when it is not for checking signatures, or not sound. Sets hold such keys for other purposes
     */
    static VerificationKey of(Map<String, @Nullable Object> jwk) throws UnusableKeyException {
        String id = text(jwk, "kid");
        Algorithm algorithm =
                switch (text(jwk, "kty")) {
                    case "RSA" -> Algorithm.RS256;
                    case "EC" -> Algorithm.ES256;
                    default -> throw new UnusableKeyException("it is neither RSA nor EC");
                };
        requireIfPresent(jwk, "use", "sig");
        requireIfPresent(jwk, "alg", algorithm.name());
        if (jwk.containsKey("key_ops") && !(jwk.get("key_ops") instanceof List<?> uses && uses.contains("verify"))) {
            throw new UnusableKeyException("its key_ops lack 'verify'");
        }
        if (jwk.containsKey("d")) {
            throw new UnusableKeyException("its private half is published with it");
        }
        try {
            return new VerificationKey(id, algorithm, algorithm == Algorithm.RS256 ? rsa(jwk) : ec(jwk));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException("this Java runtime refuses it: " + e.getMessage());
        }
    }

    private static PublicKey rsa(Map<String, @Nullable Object> jwk)
            throws UnusableKeyException, GeneralSecurityException {
        BigInteger modulus = new BigInteger(1, octets(jwk, "n"));
        BigInteger exponent = new BigInteger(1, octets(jwk, "e"));
        if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS || !modulus.testBit(0)) {
            throw new UnusableKeyException("its modulus is not odd and of 2048 to 8192 bits");
        }
        // FIPS 186-4, B.3.1 has the lower bound. The upper one is the JDK's.
        if (exponent.compareTo(F4) < 0 || exponent.bitLength() > Long.SIZE || !exponent.testBit(0)) {
            throw new UnusableKeyException("its exponent is not odd and of 17 to 64 bits");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey ec(Map<String, @Nullable Object> jwk)
            throws UnusableKeyException, GeneralSecurityException {
        if (!"P-256".equals(jwk.get("crv"))) {
            throw new UnusableKeyException("its curve is not P-256");
        }
        byte[] x = octets(jwk, "x");
        byte[] y = octets(jwk, "y");
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        // The JDK makes a key of any two numbers.
        if (x.length != P256.OCTETS || y.length != P256.OCTETS || !P256.contains(point)) {
            throw new UnusableKeyException("its point is not on the curve");
        }
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256.SPEC));
    }

    private static byte[] octets(Map<String, @Nullable Object> jwk, String name) throws UnusableKeyException {
        try {
            return Base64Url.decode(text(jwk, name));
        } catch (IllegalArgumentException e) {
            throw new UnusableKeyException("its member '" + name + "' is not base64url");
        }
    }

    private static String text(Map<String, @Nullable Object> jwk, String name) throws UnusableKeyException {
        if (jwk.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new UnusableKeyException("it has no text for '" + name + "'");
    }

    private static void requireIfPresent(Map<String, @Nullable Object> jwk, String name, String value)
            throws UnusableKeyException {
        if (jwk.containsKey(name) && !value.equals(jwk.get(name))) {
            throw new UnusableKeyException("its member '" + name + "' is not '" + value + "'");
        }
    }
}
