// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.secret;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NumericCodeTest {

    private final SecureRandom random = new SecureRandom();
    private final Secret key = Secret.random(random);

    private static NumericCode code(String digits) {
        return NumericCode.parse(digits).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8})
    void aNewCodeHasAsManyDigitsAsAskedForLeadingZerosIncluded(int length) {
        Set<Character> first = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String digits = NumericCode.random(random, length).reveal();
            assertThat(digits).matches("[0-9]{" + length + "}");
            first.add(digits.charAt(0));
        }
        assertThat(first).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5, 9})
    void otherLengthsAreRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> NumericCode.random(random, length));
    }

    @ParameterizedTest
    @CsvSource({
        "123456,123456",
        "' 123 456 ',123456",
        "123-456,123456",
        "1 2 3 4 5 6,123456",
        "123.456,123456",
        "1234 5678,12345678",
        "\uff11\uff12\uff13\uff14\uff15\uff16,123456",
        "\u0661\u0662\u0663\u0664\u0665\u0666,123456",
        "123\u00a0456,123456",
        "123\u2011456,123456",
        "000000,000000",
    })
    void peopleTypeItAsTheyLike(String typed, String digits) {
        assertThat(NumericCode.parse(typed)).map(NumericCode::reveal).contains(digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "12345", "123456789", "12345a", "+123456", "123456\u0000", "\ud835", "1e5000", "0x1234"
            })
    void whatIsNoCodeIsNone(String typed) {
        assertThat(NumericCode.parse(typed)).isEmpty();
    }

    @Test
    void nothingAndTooMuchAreNone() {
        assertThat(NumericCode.parse(null)).isEmpty();
        assertThat(NumericCode.parse("123456" + " ".repeat(59))).isEmpty();
    }

    @Test
    void itMatchesItsHashWithItsKeyOnly() {
        NumericCode code = code("123456");

        assertThat(code.matches(key, code("123 456").hash(key))).isTrue();
        assertThat(code.matches(key, code("123457").hash(key))).isFalse();
        assertThat(code.matches(Secret.random(random), code.hash(key))).isFalse();
        assertThat(code.matches(key, null)).isFalse();
        assertThat(code.matches(key, "")).isFalse();
    }

    @Test
    void itIsReadInTwoGroups() {
        assertThat(code("123456").grouped()).isEqualTo("123 456");
        assertThat(code("12345678").grouped()).isEqualTo("1234 5678");
    }

    @Test
    void inALogItIsNotShown() {
        assertThat(code("123456")).hasToString("NumericCode[redacted]");
    }
}
