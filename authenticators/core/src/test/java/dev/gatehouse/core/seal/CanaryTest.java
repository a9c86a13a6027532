// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CanaryTest {

    private final SecureRandom random = new SecureRandom();
    private final SealingKey key = new SealingKey("k1", SealingKeyTest.bytes(1));
    private final SecretBox box = new SecretBox(KeyRing.of(List.of(key)), random);

    @Test
    void itMatchesTheKeyThatSealedIt() {
        Canary canary = Canary.of(key, random);

        assertThat(canary.keyId()).isEqualTo("k1");
        assertThat(canary.matches(key)).isTrue();
        assertThat(Canary.parse(canary.text()).orElseThrow().matches(new SealingKey("k1", SealingKeyTest.bytes(1))))
                .isTrue();
    }

    @Test
    void itMatchesNoOtherKeyOfThatNameAndNotTheKeyUnderAnother() {
        Canary canary = Canary.of(key, random);

        assertThat(canary.matches(new SealingKey("k1", SealingKeyTest.bytes(2))))
                .isFalse();
        assertThat(canary.matches(new SealingKey("k2", SealingKeyTest.bytes(1))))
                .isFalse();
        assertThat(Canary.parse(canary.text().replace("v1.k1.", "v1.k2."))
                        .orElseThrow()
                        .matches(new SealingKey("k2", SealingKeyTest.bytes(1))))
                .isFalse();
        assertThat(Canary.parse(canary.text().replace("v1.k1.", "v1.k2."))
                        .orElseThrow()
                        .matches(key))
                .isFalse();
    }

    @Test
    void noOtherSecretOfTheKeyIsACanary() {
        byte[] song = "gatehouse".getBytes(StandardCharsets.US_ASCII);
        Envelope elsewhere = box.seal(key, song, SealContext.of("otp", "user", "row"));
        Envelope otherSong = box.seal(key, new byte[] {1}, SealContext.of("canary"));

        assertThat(Canary.parse(elsewhere.text()).orElseThrow().matches(key)).isFalse();
        assertThat(Canary.parse(otherSong.text()).orElseThrow().matches(key)).isFalse();
        assertThat(Canary.parse(box.seal(key, song, SealContext.of("canary")).text())
                        .orElseThrow()
                        .matches(key))
                .isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "gatehouse", "v1.k1.AAAA"})
    void whatIsNoEnvelopeIsNoCanary(@Nullable String text) {
        assertThat(Canary.parse(text)).isEmpty();
    }

    @Test
    void itsTextFormTellsTheNameOnly() {
        assertThat(Canary.of(key, random)).hasToString("Canary[k1]");
    }
}
