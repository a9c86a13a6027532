// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CounterBasedCheckTest {

    private static final OtpSecret SECRET = OtpSecret.of(OtpTest.rfcSecret(OtpAlgorithm.SHA1));
    private static final CounterParameters TWO_AHEAD = new CounterParameters(OtpAlgorithm.SHA1, 6, 2);

    /** RFC 4226, counter 5. */
    private static final String FIFTH = "254676";

    @Test
    void aCodeIsAcceptedFromTheExpectedCounterAsFarAsWeLookAhead() {
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 2, FIFTH)).isEmpty();
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 3, FIFTH)).hasValue(5);
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 4, FIFTH)).hasValue(5);
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 5, FIFTH)).hasValue(5);
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 6, FIFTH)).isEmpty();
    }

    @Test
    void withoutLookAheadOnlyTheExpectedOneCounts() {
        CounterParameters exact = new CounterParameters(OtpAlgorithm.SHA1, 6, 0);

        assertThat(CounterBasedCheck.match(SECRET, exact, 4, FIFTH)).isEmpty();
        assertThat(CounterBasedCheck.match(SECRET, exact, 5, FIFTH)).hasValue(5);
        assertThat(CounterBasedCheck.match(SECRET, exact, 6, FIFTH)).isEmpty();
    }

    @Test
    void ofTwoCountersWithOneCodeItIsTheHigher() {
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 910_737, "911617"))
                .hasValue(910_738);
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 153_567, "468457"))
                .hasValue(153_569);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "25467", "0254676", "25467x"})
    void whatIsNoCodeOfThatLengthMatchesNothing(@Nullable String typed) {
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 5, typed)).isEmpty();
    }

    @Test
    void spacesDoNotMatter() {
        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, 5, " 254 676 ")).hasValue(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Integer.MAX_VALUE, Long.MAX_VALUE})
    void anyCounterHasAnAnswer(long counter) {
        String code = Otp.code(SECRET.reveal(), counter, 6, OtpAlgorithm.SHA1);

        assertThat(CounterBasedCheck.match(SECRET, TWO_AHEAD, counter, code)).hasValue(counter);
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            assertThat(CounterBasedCheck.match(
                            SECRET, TWO_AHEAD, random.nextLong(), new String(bytes, StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }
}
