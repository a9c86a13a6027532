// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SealContextTest {

    @Test
    void versionAndKeyComeFirstAndEachPartAfterItsLength() {
        // Stored secrets open with these bytes only: they never change within a version.
        assertThat(SealContext.of("otp", "", "\u00e9").bytes("k1"))
                .containsExactly(
                        0, 0, 0, 2, 'v', '1', 0, 0, 0, 2, 'k', '1', 0, 0, 0, 3, 'o', 't', 'p', 0, 0, 0, 0, 0, 0, 0, 2,
                        0xc3, 0xa9);
    }

    @Test
    void nothingIsShiftedFromOnePartToTheNext() {
        List<SealContext> contexts = List.of(
                SealContext.of("a", "bc"),
                SealContext.of("ab", "c"),
                SealContext.of("abc"),
                SealContext.of("abc", ""),
                SealContext.of("", "abc"),
                SealContext.of("a\u0000bc"),
                SealContext.of("a", "\u0000\u0000\u0000\u0002bc"),
                SealContext.of());

        assertThat(contexts.stream()
                        .map(context -> HexFormat.of().formatHex(context.bytes("k1")))
                        .distinct())
                .hasSameSizeAs(contexts);
        assertThat(SealContext.of("1a").bytes("k"))
                .isNotEqualTo(SealContext.of("a").bytes("k1"));
    }
}
