// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CounterParametersTest {

    @ParameterizedTest
    @CsvSource({"6,0", "8,10", "7,1"})
    void whatIsInBoundsIsTakenAsItIs(int digits, int lookAhead) {
        CounterParameters parameters = new CounterParameters(OtpAlgorithm.SHA1, digits, lookAhead);

        assertThat(CounterParameters.clamped("HmacSHA1", digits, lookAhead).value())
                .isEqualTo(parameters);
        assertThat(CounterParameters.clamped("HmacSHA1", digits, lookAhead).problems())
                .isEmpty();
        assertThat(CounterParameters.ofDevice("HmacSHA1", digits, lookAhead)).contains(parameters);
    }

    @ParameterizedTest
    @CsvSource({"5,1", "9,1", "6,-1", "6,11"})
    void whatIsOutOfBoundsIsRefused(int digits, int lookAhead) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CounterParameters(OtpAlgorithm.SHA1, digits, lookAhead));
    }

    @Test
    void whateverAPolicyHoldsIsBroughtIntoBoundsAndTold() {
        Clamped<CounterParameters> clamped = CounterParameters.clamped(null, 0, 1000);

        assertThat(clamped.value()).isEqualTo(new CounterParameters(OtpAlgorithm.SHA1, 6, 10));
        assertThat(clamped.problems())
                .containsExactly(
                        "algorithm must be HmacSHA1, HmacSHA256 or HmacSHA512; HmacSHA1 is used",
                        "digits must be from 6 to 8, not 0; 6 is used",
                        "look-ahead must be from 0 to 10, not 1000; 10 is used");
    }

    @Test
    void aDeviceIsNotChangedByBoundsButTheLookAheadIsTheRealms() {
        assertThat(CounterParameters.ofDevice("HmacSHA1", 1, 1)).isEmpty();
        assertThat(CounterParameters.ofDevice("HmacSHA1", 9, 1)).isEmpty();
        assertThat(CounterParameters.ofDevice("HmacMD5", 6, 1)).isEmpty();
        assertThat(CounterParameters.ofDevice("HmacSHA1", 6, 1000))
                .contains(new CounterParameters(OtpAlgorithm.SHA1, 6, 10));
    }
}
