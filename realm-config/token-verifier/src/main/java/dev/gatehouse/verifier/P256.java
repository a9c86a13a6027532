// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;

/** The curve P-256 of FIPS 186-4, as far as checking what comes from outside needs it. */
final class P256 {

    static final ECParameterSpec SPEC = spec();

    /** Octets of one coordinate, and of r and of s (RFC 7518, sections 3.4 and 6.2.1.2). */
    static final int OCTETS = 32;

    private static final BigInteger FIELD = ((ECFieldFp) SPEC.getCurve().getField()).getP();

    private P256() {}

    /** Whether both coordinates are field elements and satisfy y^2 = x^3 + ax + b. The cofactor is 1, so that is all. */
    static boolean contains(ECPoint point) {
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.signum() < 0 || y.signum() < 0 || x.compareTo(FIELD) >= 0 || y.compareTo(FIELD) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(SPEC.getCurve().getA())
                .multiply(x)
                .add(SPEC.getCurve().getB());
        return y.multiply(y).mod(FIELD).equals(right.mod(FIELD));
    }

    /** Whether the bytes are r and s, 32 octets each, both between 1 and n - 1 (FIPS 186-4, section 6.4.2). */
    static boolean isSignature(byte[] signature) {
        return signature.length == 2 * OCTETS
                && isScalar(Arrays.copyOfRange(signature, 0, OCTETS))
                && isScalar(Arrays.copyOfRange(signature, OCTETS, 2 * OCTETS));
    }

    private static boolean isScalar(byte[] octets) {
        BigInteger value = new BigInteger(1, octets);
        return value.signum() > 0 && value.compareTo(SPEC.getOrder()) < 0;
    }

    private static ECParameterSpec spec() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime does not know the curve P-256", e);
        }
    }
}
