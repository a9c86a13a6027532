// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"+4915123456789", "+49 151 234 567 89", " +49 (151) 234-567.89 ", "+49\u00a0151\u00a023456789"})
    void whatPeoplePutBetweenDigitsIsNoPartOfIt(String text) {
        assertThat(PhoneNumber.parse(text).map(PhoneNumber::e164)).contains("+4915123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12345678", "+123456789012345"})
    void itHasEightToFifteenDigits(String text) {
        assertThat(PhoneNumber.parse(text).map(PhoneNumber::e164)).contains(text);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "+1234567",
                "+1234567890123456",
                "4915123456789",
                "004915123456789",
                "015123456789",
                "+0915123456789",
                "++4915123456789",
                "+49151234567x9",
                "+49151234567,89",
                "+49151234/56789",
                "+4915123456789\n",
                "+49151\r\n23456789",
                "+49151\t23456789",
                "+49٢٣٤٥٦٧٨٩",
                "+４９15123456789",
                "kim@example.org",
                "+",
                "+49                                            15123456789"
            })
    void nothingElseIsANumber(String text) {
        assertThat(PhoneNumber.parse(text)).isEmpty();
    }

    @Test
    void onlyItsOwnerKnowsItFromWhatIsShown() {
        PhoneNumber number = PhoneNumber.parse("+49 151 23456789").orElseThrow();

        assertThat(number.masked()).isEqualTo("+49…89");
        assertThat(number).hasToString("PhoneNumber[redacted]");
    }

    @Test
    void twoSpellingsAreOneNumber() {
        assertThat(PhoneNumber.parse("+49 151 23456789"))
                .isEqualTo(PhoneNumber.parse("+4915123456789"))
                .hasSameHashCodeAs(PhoneNumber.parse("+4915123456789"))
                .isNotEqualTo(PhoneNumber.parse("+4915123456780"));
    }
}
