// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuessTest {

    private final List<Long> asked = new ArrayList<>();

    private String code(long factor) {
        asked.add(factor);
        return factor == 12 ? "000011" : String.format("%06d", factor);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "000010",
                "000011",
                "000014",
                "000099",
                "",
                "12345",
                "0000010",
                "00000010",
                "xxxxxx",
                "<script>",
                "\ud800"
            })
    void everyCodeIsMadeWhateverWasTyped(@Nullable String typed) {
        var unused = Guess.of(typed, 6).newest(10, 5, this::code);

        assertThat(asked).containsExactly(10L, 11L, 12L, 13L, 14L);
    }

    @Test
    void ofTwoWithOneCodeItIsTheNewer() {
        assertThat(Guess.of("000011", 6).newest(10, 5, this::code)).hasValue(12);
        assertThat(Guess.of("000011", 6).newest(10, 2, this::code)).hasValue(11);
        assertThat(Guess.of("000012", 6).newest(10, 5, this::code)).isEmpty();
    }

    @Test
    void firstAndLastCount() {
        assertThat(Guess.of("000010", 6).newest(10, 5, this::code)).hasValue(10);
        assertThat(Guess.of("000014", 6).newest(10, 5, this::code)).hasValue(14);
        assertThat(Guess.of("000009", 6).newest(10, 5, this::code)).isEmpty();
        assertThat(Guess.of("000015", 6).newest(10, 5, this::code)).isEmpty();
    }

    @Test
    void theRangeMayWrapAround() {
        assertThat(Guess.of("000000", 6).newest(Long.MAX_VALUE, 2, factor -> factor < 0 ? "000000" : "000001"))
                .hasValue(Long.MIN_VALUE);
    }

    @Test
    void whatStandsForNoCodeIsInNoCode() {
        assertThat(Guess.of("", 6).newest(0, 1, factor -> "000000")).isEmpty();
        assertThat(Guess.of(null, 6).newest(0, 1, factor -> "")).isEmpty();
    }
}
