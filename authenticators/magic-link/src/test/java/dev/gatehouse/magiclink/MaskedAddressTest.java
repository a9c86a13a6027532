// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedAddressTest {

    @ParameterizedTest
    @CsvSource({
        "kim@example.org,k…@example.org",
        "k@example.org,k…@example.org",
        "a@b@example.org,a…@example.org",
        "kim@,k…@",
        "@example.org,…",
        "'',…",
        "kim,…",
        "@,…",
    })
    void theFirstLetterAndTheDomainStay(String address, String masked) {
        assertThat(MaskedAddress.of(address)).isEqualTo(masked);
    }

    @Test
    void aLetterOfTwoUnitsIsNotCutInHalf() {
        assertThat(MaskedAddress.of("\ud83d\ude00kim@example.org")).isEqualTo("\ud83d\ude00…@example.org");
        assertThat(MaskedAddress.of("\ud83d\ude00@example.org")).isEqualTo("\ud83d\ude00…@example.org");
        assertThat(MaskedAddress.of("\ud83dkim@example.org")).isEqualTo("\ud83d…@example.org");
    }
}
