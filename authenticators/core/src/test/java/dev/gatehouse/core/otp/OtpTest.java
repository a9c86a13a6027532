// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OtpTest {

    private static final String DIGITS = "1234567890";

    /** The secrets of RFC 6238: these digits, as many as the hash function has bytes. */
    static byte[] rfcSecret(OtpAlgorithm algorithm) {
        int bytes =
                switch (algorithm) {
                    case SHA1 -> 20;
                    case SHA256 -> 32;
                    case SHA512 -> 64;
                };
        return DIGITS.repeat(7).substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "0,755224",
        "1,287082",
        "2,359152",
        "3,969429",
        "4,338314",
        "5,254676",
        "6,287922",
        "7,162583",
        "8,399871",
        "9,520489",
    })
    void codesByCounterAreThoseOfRfc4226(long counter, String code) {
        assertThat(Otp.code(rfcSecret(OtpAlgorithm.SHA1), counter, 6, OtpAlgorithm.SHA1))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "59,SHA1,94287082",
        "59,SHA256,46119246",
        "59,SHA512,90693936",
        "1111111109,SHA1,07081804",
        "1111111109,SHA256,68084774",
        "1111111109,SHA512,25091201",
        "1111111111,SHA1,14050471",
        "1111111111,SHA256,67062674",
        "1111111111,SHA512,99943326",
        "1234567890,SHA1,89005924",
        "1234567890,SHA256,91819424",
        "1234567890,SHA512,93441116",
        "2000000000,SHA1,69279037",
        "2000000000,SHA256,90698825",
        "2000000000,SHA512,38618901",
        "20000000000,SHA1,65353130",
        "20000000000,SHA256,77737706",
        "20000000000,SHA512,47863826",
    })
    void codesByTimeAreThoseOfRfc6238(long second, OtpAlgorithm algorithm, String code) {
        byte[] secret = rfcSecret(algorithm);

        assertThat(Otp.code(secret, second / 30, 8, algorithm)).isEqualTo(code);
        // Fewer digits are the last ones.
        assertThat(Otp.code(secret, second / 30, 7, algorithm)).isEqualTo(code.substring(1));
        assertThat(Otp.code(secret, second / 30, 6, algorithm)).isEqualTo(code.substring(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 1L << 31, 1L << 32, Long.MAX_VALUE})
    void anyMovingFactorHasACode(long factor) {
        for (OtpAlgorithm algorithm : OtpAlgorithm.values()) {
            assertThat(Otp.code(new byte[] {7}, factor, 6, algorithm)).matches("[0-9]{6}");
        }
    }

    @Test
    void allSixtyFourBitsOfTheMovingFactorCount() {
        byte[] secret = rfcSecret(OtpAlgorithm.SHA1);

        assertThat(Otp.code(secret, 1L << 32, 8, OtpAlgorithm.SHA1))
                .isNotEqualTo(Otp.code(secret, 0, 8, OtpAlgorithm.SHA1));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1, 5, 9, 10})
    void otherLengthsAreRefused(int digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Otp.code(rfcSecret(OtpAlgorithm.SHA1), 0, digits, OtpAlgorithm.SHA1));
    }

    @Test
    void noSecretIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Otp.code(new byte[0], 0, 6, OtpAlgorithm.SHA1));
    }
}
