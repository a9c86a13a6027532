// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OtpSecretTest {

    private final byte[] bytes = OtpTest.rfcSecret(OtpAlgorithm.SHA1);

    @Test
    void aNewSecretHas160BitsAndIsNeverTheSame() {
        SecureRandom random = new SecureRandom();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            OtpSecret secret = OtpSecret.random(random);
            assertThat(secret.reveal()).hasSize(20);
            seen.add(secret.base32());
        }
        assertThat(seen).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 20, 32, 64})
    void aNewDevicesSecretIsLongEnough(int length) {
        assertThat(OtpSecret.of(new byte[length]).reveal()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 15, 65})
    void aNewDevicesSecretOfAnotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> OtpSecret.of(new byte[length]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 15, 65, 300})
    void aSecretThatExistsMayHaveAnyLength(int length) {
        assertThat(OtpSecret.existing(new byte[length]).reveal()).hasSize(length);
    }

    @Test
    void nothingIsNoSecret() {
        assertThatIllegalArgumentException().isThrownBy(() -> OtpSecret.existing(new byte[0]));
    }

    @Test
    void itIsWrittenForPeopleInGroups() {
        assertThat(OtpSecret.of(bytes).base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(OtpSecret.of(bytes).grouped()).isEqualTo("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assertThat(Base32.decode(OtpSecret.of(bytes).grouped())).contains(bytes);
        assertThat(OtpSecret.existing("foo".getBytes(StandardCharsets.US_ASCII)).grouped())
                .isEqualTo("MZXW 6");
        assertThat(OtpSecret.existing("f".getBytes(StandardCharsets.US_ASCII)).grouped())
                .isEqualTo("MY");
    }

    @Test
    void nobodyChangesItFromOutside() {
        OtpSecret secret = OtpSecret.of(bytes);
        bytes[0]++;
        secret.reveal()[1]++;

        assertThat(secret.base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    @Test
    void equalSecretsAreEqual() {
        assertThat(OtpSecret.of(bytes))
                .isEqualTo(OtpSecret.existing(bytes))
                .hasSameHashCodeAs(OtpSecret.existing(bytes))
                .isNotEqualTo(OtpSecret.of(new byte[20]))
                .isNotEqualTo(OtpSecret.existing(new byte[] {'1'}))
                .isNotEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    @Test
    void itsTextFormTellsNothing() {
        assertThat(OtpSecret.of(bytes)).hasToString("OtpSecret[redacted]");
    }
}
