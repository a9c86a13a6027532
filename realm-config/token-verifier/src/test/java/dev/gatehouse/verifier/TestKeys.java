// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Keys that are made once for all tests, their JWKs, and signatures with them. */
final class TestKeys {

    static final KeyPair RSA = rsa(2048);
    static final KeyPair OTHER_RSA = rsa(2048);
    static final KeyPair EC = ec("secp256r1");
    static final KeyPair OTHER_EC = ec("secp256r1");

    private TestKeys() {}

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String jwk(String id, KeyPair keys) {
        return "{\"kid\":\"" + id + "\",\"use\":\"sig\"," + parameters(keys) + "}";
    }

    /** The members of a JWK that hold the key itself, and {@code alg}. */
    static String parameters(KeyPair keys) {
        if (keys.getPublic() instanceof RSAPublicKey rsa) {
            return "\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"" + number(rsa.getModulus()) + "\",\"e\":\""
                    + number(rsa.getPublicExponent()) + "\"";
        }
        ECPublicKey ec = (ECPublicKey) keys.getPublic();
        return "\"kty\":\"EC\",\"alg\":\"ES256\",\"crv\":\"P-256\",\"x\":\""
                + base64(octets(ec.getW().getAffineX(), 32)) + "\",\"y\":\""
                + base64(octets(ec.getW().getAffineY(), 32)) + "\"";
    }

    static byte[] sign(String jcaName, PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(jcaName);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String number(BigInteger value) {
        return base64(octets(value, (value.bitLength() + 7) / 8));
    }

    /** Big-endian, unsigned, filled up with zeros to this length. */
    static byte[] octets(BigInteger value, int length) {
        byte[] signed = value.toByteArray();
        byte[] octets = new byte[length];
        int from = Math.max(0, signed.length - length);
        System.arraycopy(signed, from, octets, length - (signed.length - from), signed.length - from);
        return octets;
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
