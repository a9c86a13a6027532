// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TypedNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "Alice",
                "ALICE",
                " alice",
                "alice\t",
                "\u0000alice",
                "\r\n alice \r\n",
                "\u00A0alice\u3000",
                "al ice",
                "ali\u200Bce",
                "\uFEFFalice",
                "al\u00ADice",
                "alice\u202E",
                "alice\uFE0F",
                "a\u034Flice",
                "a\u3164lice",
                "ａｌｉｃｅ",
                "ＡＬＩＣＥ",
                "ⓐⓛⓘⓒⓔ",
                "𝐚𝐥𝐢𝐜𝐞",
                "𝓐𝓛𝓘𝓒𝓔",
                "alıce",
                "alİce",
                "alice\u0301",
                "alicé",
                "ÀLÌCÈ"
            })
    void allWaysToWriteANameAreOne(String typed) {
        assertThat(TypedName.canonical(typed)).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strasse", "STRASSE", "straße", "STRAẞE", "Straße", "ſtraſſe"})
    void aSharpSIsTwoLetters(String typed) {
        assertThat(TypedName.canonical(typed)).isEqualTo("strasse");
    }

    @Test
    void theGreekSigmaIsOneLetter() {
        String name = TypedName.canonical("ΟΔΥΣΣΕΥΣ");

        assertThat(TypedName.canonical("οδυσσευς")).isEqualTo(name);
        assertThat(TypedName.canonical("οδυσσευσ")).isEqualTo(name);
        assertThat(TypedName.canonical("Ὀδυσσεύς")).isEqualTo(name);
    }

    @Test
    void ligaturesAreTheirLetters() {
        assertThat(TypedName.canonical("oﬃce")).isEqualTo("office");
        assertThat(TypedName.canonical("㎏")).isEqualTo("kg");
    }

    @Test
    void composedAndDecomposedAreOneInEveryScript() {
        for (String name :
                new String[] {"müller", "Ångström", "Ὀδυσσεύς", "한글", "ガギグ", "Tiếng Việt", "नमस्ते", "שָׁלוֹם"}) {
            String canonical = TypedName.canonical(name);
            for (Normalizer.Form form : Normalizer.Form.values()) {
                assertThat(TypedName.canonical(Normalizer.normalize(name, form)))
                        .as("%s in %s", name, form)
                        .isEqualTo(canonical);
            }
            assertThat(TypedName.canonical(name.toUpperCase(Locale.ROOT))).isEqualTo(canonical);
            assertThat(canonical).isNotEmpty();
        }
    }

    @Test
    void otherNamesStayOthers() {
        assertThat(new String[] {"alice", "alice1", "alic", "bob", "alice@example.org", "alice@example.com", "алиса"})
                .extracting(TypedName::canonical)
                .doesNotHaveDuplicates();
    }

    @Test
    void theLocaleOfTheServerDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(TypedName.canonical("ALICE")).isEqualTo("alice");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatSurroundsANameDoesNotHideIt() {
        for (String padding : new String[] {" ", "\t", "\u0000", "\u00A0", "\u200B", "\u0301"}) {
            for (int length : new int[] {1, 505, 511, 512, 513, 1_000_000}) {
                assertThat(TypedName.canonical(padding.repeat(length) + "Alice" + padding.repeat(length)))
                        .isEqualTo("alice");
            }
        }
    }

    @Test
    void aNameThatIsTooLongIsCutAndCostsLittle() {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder();
        while (text.length() < 1_000_000) {
            text.appendCodePoint(random.nextInt(0x2FFFF));
        }
        for (String typed :
                new String[] {"a".repeat(1_000_000), "ﷺ".repeat(1_000_000), " a".repeat(500_000), text.toString()}) {
            String canonical = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> TypedName.canonical(typed));
            assertThat(canonical.length()).isLessThan(20_000);
            assertThat(TypedName.canonical(typed + "b")).isEqualTo(canonical);
        }
    }

    @Test
    void aCanonicalNameIsCanonical() {
        Random random = new Random(8);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(5); j >= 0; j--) {
                text.appendCodePoint(random.nextInt(i % 2 == 0 ? 0x3000 : 0x2FFFF));
            }
            String once = TypedName.canonical(text.toString());
            assertThat(TypedName.canonical(once)).as("%s", text).isEqualTo(once);
        }
    }
}
