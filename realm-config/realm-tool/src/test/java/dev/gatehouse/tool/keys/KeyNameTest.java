// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.time.Instant;

import dev.gatehouse.tool.keys.KeyName.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyNameTest {

    private static final Instant SINCE = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void itReadsAsASentence() {
        assertThat(new KeyName(Phase.SIGNS, SINCE).text(Algorithm.RS256))
                .isEqualTo("rs256 signs since 2026-01-31T12:00:00Z");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whatIsWrittenCanBeRead(Phase phase) {
        KeyName name = new KeyName(phase, SINCE);

        assertThat(KeyName.read(name.text(Algorithm.ES256))).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rs256",
                "rsa-generated",
                "rs256 signs since yesterday",
                "rs256 sings since 2026-01-31T12:00:00Z"
            })
    void anyOtherNameIsSomebodyElses(String name) {
        assertThat(KeyName.read(name)).isEmpty();
    }
}
