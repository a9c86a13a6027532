// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The hash function that codes are made with. */
public enum OtpAlgorithm {
    /** What most apps know, some as the only one. As good as the others here: codes do not rest on collisions. */
    SHA1,
    SHA256,
    SHA512;

    /** The algorithm of that {@linkplain #hmacName() name}, in any case; empty for any other, null included. */
    public static Optional<OtpAlgorithm> ofHmacName(@Nullable String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.hmacName().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The name of its HMAC, such as {@code HmacSHA1}: for the JDK, and as Keycloak stores it. */
    public String hmacName() {
        return "Hmac" + name();
    }

    /** The name that {@code otpauth} addresses use, such as {@code SHA1}. */
    public String uriName() {
        return name();
    }
}
