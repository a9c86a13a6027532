// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void aNewSecretHas256BitsAndIsNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String text = Secret.random(RANDOM).reveal();
            assertThat(Base64.getUrlDecoder().decode(text)).hasSize(32);
            seen.add(text);
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void aRevealedSecretParsesToItself() {
        Secret secret = Secret.random(RANDOM);

        assertThat(Secret.parse(secret.reveal())).contains(secret);
        assertThat(secret).hasSameHashCodeAs(Secret.parse(secret.reveal()).orElseThrow());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNotCanonicalIsNoSecret(@Nullable String text) {
        assertThat(Secret.parse(text)).isEmpty();
    }

    @Test
    void aSecondSpellingOfTheSameBitsIsNoSecret() {
        // 'B' and 'A' differ in bits that 43 letters of base64url do not carry.
        assertThat(Secret.parse("A".repeat(43))).isPresent();
        assertThat(Secret.parse("A".repeat(42) + "B")).isEmpty();
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            assertThat(Secret.parse(new String(bytes, StandardCharsets.UTF_8))).isNotNull();
        }
    }

    @Test
    void theHashIsSha256OfTheText() {
        // RFC 6234's "abc"
        assertThat(Secret.hash("abc")).isEqualTo("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }

    @Test
    void onlyTheOwnHashMatches() {
        Secret secret = Secret.random(RANDOM);

        assertThat(secret.matches(secret.hash())).isTrue();
        assertThat(secret.matches(Secret.random(RANDOM).hash())).isFalse();
        assertThat(secret.matches(secret.reveal())).isFalse();
        assertThat(secret.matches("")).isFalse();
        assertThat(secret.matches(null)).isFalse();
    }

    @Test
    void itsTextFormTellsNothing() {
        Secret secret = Secret.random(RANDOM);

        assertThat(secret.toString()).isEqualTo("Secret[redacted]");
        assertThat("" + secret).doesNotContain(secret.reveal()).doesNotContain(secret.hash());
    }
}
