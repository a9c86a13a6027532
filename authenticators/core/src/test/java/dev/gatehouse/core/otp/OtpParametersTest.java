// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OtpParametersTest {

    @ParameterizedTest
    @CsvSource({"6,15,0", "8,60,1", "7,30,1"})
    void whatIsInBoundsIsTakenAsItIs(int digits, int period, int drift) {
        OtpParameters parameters = new OtpParameters(OtpAlgorithm.SHA256, digits, period, drift);

        assertThat(OtpParameters.clamped("HmacSHA256", digits, period, drift).value())
                .isEqualTo(parameters);
        assertThat(OtpParameters.clamped("HmacSHA256", digits, period, drift).problems())
                .isEmpty();
        assertThat(OtpParameters.ofDevice("HmacSHA256", digits, period, drift)).contains(parameters);
    }

    @ParameterizedTest
    @CsvSource({"5,30,1", "9,30,1", "6,14,1", "6,61,1", "6,30,-1", "6,30,2"})
    void whatIsOutOfBoundsIsRefused(int digits, int period, int drift) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OtpParameters(OtpAlgorithm.SHA1, digits, period, drift));
    }

    @ParameterizedTest
    @CsvSource({
        // as a realm file leaves it that sets the type only
        ",0,0,0,SHA1,6,30,0",
        "HmacSHA1,1,30,1,SHA1,6,30,1",
        "HmacSHA256,9,14,1000,SHA256,8,15,1",
        "HmacSHA512,-7,3600,-1,SHA512,6,60,0",
        "HmacMD5,6,-30,2,SHA1,6,30,1",
        "HmacSHA1,2147483647,2147483647,2147483647,SHA1,8,60,1",
        "HmacSHA1,-2147483648,-2147483648,-2147483648,SHA1,6,30,0",
    })
    void whateverAPolicyHoldsIsBroughtIntoBounds(
            @Nullable String name,
            int digits,
            int period,
            int drift,
            OtpAlgorithm algorithm,
            int digitsThen,
            int periodThen,
            int driftThen) {
        Clamped<OtpParameters> clamped = OtpParameters.clamped(name, digits, period, drift);

        assertThat(clamped.value()).isEqualTo(new OtpParameters(algorithm, digitsThen, periodThen, driftThen));
        assertThat(clamped.problems()).isNotEmpty();
    }

    @Test
    void eachChangeIsTold() {
        assertThat(OtpParameters.clamped(null, 0, 0, 1000).problems())
                .containsExactly(
                        "algorithm must be HmacSHA1, HmacSHA256 or HmacSHA512; HmacSHA1 is used",
                        "digits must be from 6 to 8, not 0; 6 is used",
                        "period must be from 15 to 60, not 0; 30 is used",
                        "drift must be from 0 to 1, not 1000; 1 is used");
        assertThat(OtpParameters.clamped("a\nlog line", 6, 5, 1).problems())
                .containsExactly(
                        "algorithm must be HmacSHA1, HmacSHA256 or HmacSHA512; HmacSHA1 is used",
                        "period must be from 15 to 60, not 5; 15 is used");
    }

    @Test
    void aDeviceIsNotChangedByBoundsButTheDriftIsTheRealms() {
        assertThat(OtpParameters.ofDevice("HmacSHA1", 1, 30, 1)).isEmpty();
        assertThat(OtpParameters.ofDevice("HmacSHA1", 9, 30, 1)).isEmpty();
        assertThat(OtpParameters.ofDevice("HmacSHA1", 6, 0, 1)).isEmpty();
        assertThat(OtpParameters.ofDevice("HmacSHA1", 6, 120, 1)).isEmpty();
        assertThat(OtpParameters.ofDevice("HmacMD5", 6, 30, 1)).isEmpty();
        assertThat(OtpParameters.ofDevice(null, 6, 30, 1)).isEmpty();
        assertThat(OtpParameters.ofDevice("HmacSHA1", 6, 30, 1000))
                .contains(new OtpParameters(OtpAlgorithm.SHA1, 6, 30, 1));
        assertThat(OtpParameters.ofDevice("HmacSHA1", 6, 30, -1))
                .contains(new OtpParameters(OtpAlgorithm.SHA1, 6, 30, 0));
    }
}
