// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.gatehouse.core.seal.SealContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OtpContextTest {

    @Test
    void whatIsStoredBesideTheSecretIsItsContext() {
        assertThat(OtpContext.of("user", "row", "totp", 6, 30, "HmacSHA1"))
                .isEqualTo(SealContext.of("otp", "user", "row", "totp", "6", "30", "HmacSHA1"));
        assertThat(OtpContext.of("user", "row", "hotp", -1, 0, null))
                .isEqualTo(SealContext.of("otp", "user", "row", "hotp", "-1", "0", ""));
    }

    @Test
    void eachPartCounts() {
        List<SealContext> contexts = List.of(
                OtpContext.of("user", "row", "totp", 6, 30, "HmacSHA1"),
                OtpContext.of("other", "row", "totp", 6, 30, "HmacSHA1"),
                OtpContext.of("user", "other", "totp", 6, 30, "HmacSHA1"),
                OtpContext.of("user", "row", "hotp", 6, 30, "HmacSHA1"),
                OtpContext.of("user", "row", "totp", 8, 30, "HmacSHA1"),
                OtpContext.of("user", "row", "totp", 6, 60, "HmacSHA1"),
                OtpContext.of("user", "row", "totp", 6, 30, "HmacSHA256"),
                OtpContext.of("row", "user", "totp", 6, 30, "HmacSHA1"));
        Set<SealContext> different = new HashSet<>(contexts);

        assertThat(different).hasSize(contexts.size());
    }
}
