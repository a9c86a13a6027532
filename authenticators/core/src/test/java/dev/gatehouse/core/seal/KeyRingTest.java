// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyRingTest {

    private static final String PLACE = "/run/secrets/keys";

    private static final String LINE_RULE = "a line must be an id, a space and a key, and nothing else";
    private static final String ID_RULE = "the id must have 1 to 32 of a-z, 0-9 and -, and must not begin with -";
    private static final String KEY_RULE =
            "the key must be exactly 32 bytes in Base64, as openssl rand -base64 32 writes them";

    private static SealingKey key(int number) {
        return new SealingKey("k" + number, SealingKeyTest.bytes(number));
    }

    /** The key with this number in Base64, 43 letters. */
    private static String base64(int number) {
        return Base64.getEncoder().withoutPadding().encodeToString(SealingKeyTest.bytes(number));
    }

    private static void assertRefused(String text, String message) {
        assertThatExceptionOfType(KeyRingException.class)
                .isThrownBy(() -> KeyRing.parse(text, PLACE))
                .withMessage(message)
                .withNoCause();
    }

    @Test
    void theFirstLineIsTheWantedKeyAndAllOpen() throws KeyRingException {
        KeyRing ring = KeyRing.parse("k2 " + base64(2) + "\nk1 " + base64(1) + "\n", PLACE);

        assertThat(ring).isEqualTo(KeyRing.of(List.of(key(2), key(1))));
        assertThat(ring.ids()).containsExactly("k2", "k1");
        assertThat(ring.first()).isEqualTo(key(2));
        assertThat(ring.key("k1")).contains(key(1));
        assertThat(ring.key("k2")).contains(key(2));
        assertThat(ring.key("k3")).isEmpty();
    }

    @Test
    void commentsEmptyLinesAndAnyLineEndDoNotMatter() throws KeyRingException {
        String text = "\ufeff# our keys\r\n\r\n  k2\t " + base64(2) + "  \r\n   # k9 old\r\rk1 " + base64(1);

        assertThat(KeyRing.parse(text, PLACE)).isEqualTo(KeyRing.of(List.of(key(2), key(1))));
    }

    @Test
    void bothAlphabetsAreReadWithPaddingOrWithout() throws KeyRingException {
        byte[] bytes = SealingKeyTest.bytes(1);
        bytes[0] = (byte) 0xfb;
        bytes[1] = (byte) 0xff;
        KeyRing ring = KeyRing.of(List.of(new SealingKey("k", bytes)));
        String standard = Base64.getEncoder().encodeToString(bytes);
        String url = Base64.getUrlEncoder().encodeToString(bytes);

        assertThat(standard).startsWith("+/").endsWith("=");
        assertThat(url).startsWith("-_");
        assertThat(KeyRing.parse("k " + standard, PLACE)).isEqualTo(ring);
        assertThat(KeyRing.parse("k " + standard.replace("=", ""), PLACE)).isEqualTo(ring);
        assertThat(KeyRing.parse("k " + url, PLACE)).isEqualTo(ring);
        assertThat(KeyRing.parse("k " + url.replace("=", ""), PLACE)).isEqualTo(ring);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \t ", "# only a comment", "\ufeff"})
    void aRingWithoutAKeyIsNone(String text) {
        assertRefused(text, PLACE + ": there is no key; a line must be an id, a space and 32 bytes in Base64");
    }

    @Test
    void aLineMustBeAnIdAndAKey() {
        assertRefused(base64(1), PLACE + ", line 1: " + LINE_RULE);
        assertRefused("k1", PLACE + ", line 1: " + LINE_RULE);
        assertRefused("k1 " + base64(1) + "\n\nk2 " + base64(2) + " # new", PLACE + ", line 3: " + LINE_RULE);
        assertRefused("k1=" + base64(1), PLACE + ", line 1: " + LINE_RULE);
    }

    @Test
    void theIdMustBeOne() {
        assertRefused("K1 " + base64(1), PLACE + ", line 1: " + ID_RULE);
        assertRefused("-k1 " + base64(1), PLACE + ", line 1: " + ID_RULE);
        assertRefused("k1: " + base64(1), PLACE + ", line 1: " + ID_RULE);
        // the two mixed up
        assertRefused("# keys\n" + base64(1) + " k1", PLACE + ", line 2: " + ID_RULE);
        assertRefused("a".repeat(33) + " " + base64(1), PLACE + ", line 1: " + ID_RULE);
    }

    @Test
    void theKeyMustBeExactly32BytesInBase64() {
        for (String key : List.of(
                base64(1).substring(1),
                base64(1) + "A",
                base64(1) + "==",
                "*" + base64(1).substring(1),
                "\u00e9" + base64(1).substring(1),
                // bits that no key has: a letter was mistyped or is missing
                base64(1).substring(0, 42) + "B",
                "secret")) {
            assertRefused("k2 " + base64(2) + "\nk1 " + key, PLACE + ", line 2: " + KEY_RULE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255})
    void theKeyMustBeRandom(int repeated) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) repeated);

        assertRefused(
                "k1 " + Base64.getEncoder().encodeToString(bytes),
                PLACE + ", line 1: the key must be random; all its bytes are the same");
    }

    @Test
    void noIdAndNoKeyMayComeTwice() {
        assertRefused("k1 " + base64(1) + "\nk1 " + base64(2), PLACE + ", line 2: the id is that of a key before it");
        assertRefused("k1 " + base64(1) + "\nk1 " + base64(1), PLACE + ", line 2: the id is that of a key before it");
        assertRefused(
                "k1 " + base64(1) + "\n\nk2 " + base64(1) + "=",
                PLACE + ", line 3: the key is that of another id before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(List.of(key(1), key(1))))
                .withMessage("the id is that of a key before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(List.of(key(1), new SealingKey("k2", SealingKeyTest.bytes(1)))))
                .withMessage("the key is that of another id before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(List.of()))
                .withMessage("A ring has one key at least");
    }

    @Test
    void aRingIsBounded() throws KeyRingException {
        List<String> lines = new ArrayList<>(IntStream.rangeClosed(1, 32)
                .mapToObj(i -> "k" + i + " " + base64(i))
                .toList());
        assertThat(KeyRing.parse(String.join("\n", lines), PLACE).ids()).hasSize(32);

        lines.add("k33 " + base64(33));
        assertRefused(String.join("\n", lines), PLACE + ", line 33: a key ring has 32 keys at most");

        String key = "k1 " + base64(1) + "\n";
        assertThat(KeyRing.parse(key + "#".repeat(65_536 - key.length()), PLACE).ids())
                .hasSize(1);
        assertRefused(key + "#".repeat(65_537 - key.length()), PLACE + ": a key ring has 64 KiB at most");
    }

    @Test
    void gibberishIsRefusedWithoutShowingAnyOfIt() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append("Z\u00e9\uffff \t\r\n#=+/-_0".charAt(random.nextInt(14)));
            }
            try {
                var unused = KeyRing.parse(text.toString(), PLACE);
            } catch (KeyRingException e) {
                assertThat(e).hasMessageStartingWith(PLACE).hasMessageNotContainingAny("Z", "\u00e9", "+", "=", "_");
            }
        }
    }

    @Test
    void noMessageHasAnyOfTheKey() {
        String key = base64(1);
        for (String text : List.of(
                key,
                key + " k1",
                "k1 " + key + " x",
                "k1 " + key + "x",
                "k1 x" + key,
                "k1 " + key + "\nk1 " + base64(2),
                "k1 " + key + "\nk2 " + key,
                "K1 " + key)) {
            assertThatExceptionOfType(KeyRingException.class)
                    .isThrownBy(() -> KeyRing.parse(text, PLACE))
                    .satisfies(e -> {
                        for (int i = 0; i + 5 <= key.length(); i++) {
                            assertThat(e.toString()).doesNotContain(key.substring(i, i + 5));
                        }
                    });
        }
    }

    @Test
    void onlyAKeyThatEveryNodeHasSeals() {
        KeyRing ring = KeyRing.of(List.of(key(3), key(2), key(1)));

        assertThat(ring.sealingKey(Set.of("k1", "k2", "k3"))).contains(key(3));
        assertThat(ring.sealingKey(Set.of("k1", "k2"))).contains(key(2));
        assertThat(ring.sealingKey(Set.of("k1"))).contains(key(1));
        assertThat(ring.sealingKey(Set.of("k1", "k9"))).contains(key(1));
        assertThat(ring.sealingKey(Set.of("k9"))).isEmpty();
        assertThat(ring.sealingKey(Set.of())).isEmpty();
    }

    @Test
    void equalRingsHaveTheSameKeysInTheSameOrder() {
        KeyRing ring = KeyRing.of(List.of(key(1), key(2)));

        assertThat(ring)
                .isEqualTo(KeyRing.of(List.of(key(1), key(2))))
                .hasSameHashCodeAs(KeyRing.of(List.of(key(1), key(2))))
                .isNotEqualTo(KeyRing.of(List.of(key(2), key(1))))
                .isNotEqualTo(KeyRing.of(List.of(key(1))))
                .isNotEqualTo(KeyRing.of(List.of(key(1), new SealingKey("k2", SealingKeyTest.bytes(3)))));
    }

    @Test
    void itsTextFormTellsNamesOnly() {
        assertThat(KeyRing.of(List.of(key(2), key(1)))).hasToString("KeyRing[k2, k1]");
    }
}
