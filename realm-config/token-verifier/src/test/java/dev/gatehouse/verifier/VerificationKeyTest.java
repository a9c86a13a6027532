// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class VerificationKeyTest {

    private static final String RSA = TestKeys.jwk("k", TestKeys.RSA);
    private static final String EC = TestKeys.jwk("k", TestKeys.EC);

    private static VerificationKey key(String jwk) throws Exception {
        return VerificationKey.of(StrictJson.object(TestToken.ascii(jwk)));
    }

    private static void refuses(String jwk) {
        assertThatExceptionOfType(UnusableKeyException.class).isThrownBy(() -> key(jwk));
    }

    private static String ec(BigInteger x, BigInteger y) {
        return "{\"kid\":\"k\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + TestKeys.base64(TestKeys.octets(x, 32))
                + "\",\"y\":\"" + TestKeys.base64(TestKeys.octets(y, 32)) + "\"}";
    }

    private static String rsa(BigInteger modulus, BigInteger exponent) {
        return "{\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"" + TestKeys.number(modulus) + "\",\"e\":\""
                + TestKeys.number(exponent) + "\"}";
    }

    @Test
    void readsTheKeysThatKeycloakPublishes() throws Exception {
        assertThat(key(RSA)).isEqualTo(new VerificationKey("k", Algorithm.RS256, TestKeys.RSA.getPublic()));
        assertThat(key(EC).algorithm()).isEqualTo(Algorithm.ES256);
        assertThat(((ECPublicKey) key(EC).key()).getW()).isEqualTo(((ECPublicKey) TestKeys.EC.getPublic()).getW());
    }

    @Test
    void needsNeitherUseNorAlgorithm() throws Exception {
        assertThat(key(RSA.replace("\"use\":\"sig\",", "").replace("\"alg\":\"RS256\",", ""))
                        .algorithm())
                .isEqualTo(Algorithm.RS256);
        assertThat(key(RSA.replace("\"use\":\"sig\"", "\"key_ops\":[\"verify\"]"))
                        .algorithm())
                .isEqualTo(Algorithm.RS256);
    }

    @Test
    void refusesKeysForAnythingElse() {
        for (String jwk : new String[] {RSA, EC}) {
            refuses(jwk.replace("\"use\":\"sig\"", "\"use\":\"enc\""));
            refuses(jwk.replace("\"use\":\"sig\"", "\"use\":null"));
            refuses(jwk.replace("\"use\":\"sig\"", "\"key_ops\":[\"encrypt\"]"));
            refuses(jwk.replace("\"use\":\"sig\"", "\"key_ops\":\"verify\""));
            refuses(jwk.replaceFirst("\"alg\":\"..256\"", "\"alg\":\"RSA-OAEP\""));
            refuses(jwk.replaceFirst("\"alg\":\"..256\"", "\"alg\":\"HS256\""));
            refuses(jwk.replaceFirst("\"kty\":\"[A-Z]+\"", "\"kty\":\"oct\",\"k\":\"AAAA\""));
            refuses(jwk.replaceFirst("\"kty\":\"[A-Z]+\"", "\"kty\":\"OKP\""));
            refuses(jwk.replaceFirst("\"kty\":\"[A-Z]+\",", ""));
            refuses(jwk.replace("\"kid\":\"k\",", ""));
            refuses(jwk.replace("\"kid\":\"k\"", "\"kid\":\"\""));
            refuses(jwk.replace("\"kid\":\"k\"", "\"kid\":7"));
        }
        refuses(RSA.replace("RS256", "PS256"));
        refuses(RSA.replace("RS256", "ES256"));
        refuses(EC.replace("ES256", "RS256"));
        refuses(EC.replace("ES256", "ES384"));
    }

    @Test
    void refusesAKeyWhosePrivateHalfIsPublished() {
        refuses(RSA.replace("\"use\"", "\"d\":\"AQAB\",\"use\""));
        refuses(EC.replace("\"use\"", "\"d\":\"AQAB\",\"use\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2047})
    void refusesShortRsaKeys(int bits) {
        refuses(TestKeys.jwk("k", TestKeys.rsa(bits)));
    }

    @Test
    void refusesRsaKeysThatAreNotSound() {
        BigInteger modulus = ((RSAPublicKey) TestKeys.RSA.getPublic()).getModulus();
        BigInteger f4 = BigInteger.valueOf(65537);

        refuses(rsa(modulus.add(BigInteger.ONE), f4));
        refuses(rsa(BigInteger.ONE.shiftLeft(8192).add(BigInteger.ONE), f4));
        refuses(rsa(modulus, BigInteger.ONE));
        refuses(rsa(modulus, BigInteger.valueOf(3)));
        refuses(rsa(modulus, BigInteger.valueOf(65538)));
        refuses(rsa(modulus, BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE)));
        refuses(RSA.replaceFirst("\"n\":\"[^\"]+\"", "\"n\":\"\""));
        refuses(RSA.replaceFirst("\"n\":\"", "\"n\":\"*"));
        refuses(RSA.replaceFirst("\"e\":\"AQAB\"", "\"e\":65537"));
        refuses(RSA.replaceFirst("\"e\":\"AQAB\"", "\"e\":\"AQAB=\""));
    }

    @Test
    void refusesPointsThatAreNotOnTheCurve() {
        ECPoint point = ((ECPublicKey) TestKeys.EC.getPublic()).getW();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger field = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

        refuses(ec(x, y.xor(BigInteger.ONE)));
        refuses(ec(y, x));
        refuses(ec(BigInteger.ZERO, BigInteger.ZERO));
        refuses(ec(BigInteger.ONE, BigInteger.ONE));
        refuses(ec(field, y));
        assertThat(P256.contains(new ECPoint(x, y.add(field))))
                .as("not reduced")
                .isFalse();
        assertThat(P256.contains(new ECPoint(x, y.negate()))).as("negative").isFalse();
        assertThat(P256.contains(new ECPoint(x, field.subtract(y))))
                .as("its mirror image")
                .isTrue();
    }

    @Test
    void refusesOtherCurvesAndOtherLengths() {
        refuses(EC.replace("P-256", "P-384"));
        refuses(EC.replace("P-256", "secp256k1"));
        refuses(EC.replace("\"crv\":\"P-256\",", ""));
        refuses(EC.replaceFirst("\"x\":\"[^\"]{4}", "\"x\":\""));
        refuses(EC.replaceFirst("\"x\":\"", "\"x\":\"AAAA"));
        ECPublicKey other = (ECPublicKey) TestKeys.ec("secp384r1").getPublic();
        refuses("{\"kid\":\"k\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                + TestKeys.number(other.getW().getAffineX()) + "\",\"y\":\""
                + TestKeys.number(other.getW().getAffineY()) + "\"}");
    }
}
