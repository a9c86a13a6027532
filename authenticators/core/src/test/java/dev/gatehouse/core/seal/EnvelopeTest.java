// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnvelopeTest {

    private static String text(int bytes) {
        return "v1.k1." + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }

    @ParameterizedTest
    @ValueSource(ints = {29, 30, 31, 48, 1052})
    void itsTextParsesToItself(int bytes) {
        Envelope envelope = Envelope.parse(text(bytes)).orElseThrow();

        assertThat(envelope.keyId()).isEqualTo("k1");
        assertThat(envelope.text()).isEqualTo(text(bytes));
        assertThat(envelope.iv()).hasSize(12);
        assertThat(envelope.secretAndTag()).hasSize(bytes - 12);
        assertThat(envelope)
                .isEqualTo(Envelope.parse(text(bytes)).orElseThrow())
                .hasToString("Envelope[k1]");
        assertThat(envelope).hasSameHashCodeAs(Envelope.parse(text(bytes)).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 28, 1053, 1054, 1055, 100_000})
    void whatCannotHoldNonceSecretAndTagIsNone(int bytes) {
        assertThat(Envelope.parse(text(bytes))).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "v1",
                "v1..",
                "v1.k1.",
                "v1.k1",
                "v2.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "V1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v01.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1.K1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1..AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1.-k.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1.k1.k2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.",
                "v1.a23456789-123456789-123456789-123.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                " v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A",
                // one letter over
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                // bits that the last letter does not carry
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            })
    void anyOtherSpellingIsNone(@Nullable String text) {
        assertThat(Envelope.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1.k1.cut",
                "v1.k1.",
                "v1.k1",
                "v1.",
                "v2.anything.else",
                "v17.k1.AAAA",
                "V1.k1.AAAA",
                " v1.k1.AAAA",
                "\nv1.k1.AAAA==",
            })
    void whatBeginsLikeOneLooksLikeOneWholeOrNot(String text) {
        assertThat(Envelope.looksLike(text)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "v", "v1", "v.k1.AAAA", "k1.AAAA", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "abcdefghij0123456789"
            })
    void aPlainSecretDoesNot(@Nullable String text) {
        assertThat(Envelope.looksLike(text)).isFalse();
    }

    @Test
    void gibberishNeverThrowsAndWhatIsTakenHasOneSpelling() {
        Random random = new Random(7);
        String[] alphabets = {"AEIMQgw-_", "AEIMQgwB-_", "v1.kK-_+/=AEI \n"};
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            String letters = alphabets[random.nextInt(alphabets.length)];
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "v1.k1." : "");
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var envelope = Envelope.parse(text.toString());
            if (envelope.isPresent()) {
                taken++;
                assertThat(envelope.get().text()).isEqualTo(text.toString());
                assertThat(Envelope.looksLike(text.toString())).isTrue();
            }
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            assertThat(Envelope.parse(new String(bytes, StandardCharsets.UTF_8)))
                    .isEmpty();
        }
        assertThat(taken).isGreaterThan(1000);
    }
}
