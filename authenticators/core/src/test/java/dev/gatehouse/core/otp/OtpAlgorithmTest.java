// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OtpAlgorithmTest {

    @Test
    void itsNamesAreThoseOfTheJdkAndOfAddresses() {
        assertThat(OtpAlgorithm.SHA1.hmacName()).isEqualTo("HmacSHA1");
        assertThat(OtpAlgorithm.SHA256.hmacName()).isEqualTo("HmacSHA256");
        assertThat(OtpAlgorithm.SHA512.hmacName()).isEqualTo("HmacSHA512");
        assertThat(OtpAlgorithm.SHA1.uriName()).isEqualTo("SHA1");
        assertThat(OtpAlgorithm.SHA256.uriName()).isEqualTo("SHA256");
        assertThat(OtpAlgorithm.SHA512.uriName()).isEqualTo("SHA512");
    }

    @ParameterizedTest
    @EnumSource
    void itIsFoundByTheNameThatIsStored(OtpAlgorithm algorithm) {
        assertThat(OtpAlgorithm.ofHmacName(algorithm.hmacName())).contains(algorithm);
        assertThat(OtpAlgorithm.ofHmacName("HMAC" + algorithm.name())).contains(algorithm);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "SHA1", "HmacMD5", "HmacSHA1 ", "HmacSHA224", "HmacSHA512/256"})
    void otherNamesAreNone(@Nullable String name) {
        assertThat(OtpAlgorithm.ofHmacName(name)).isEmpty();
    }
}
