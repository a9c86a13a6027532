// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SealingKeyTest {

    /** The bytes of the key with this number. */
    static byte[] bytes(int number) {
        byte[] bytes = new byte[SealingKey.BYTES];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "1", "k1", "2026-11", "k-", "a23456789-123456789-123456789-12"})
    void anIdHasLowerCaseLettersDigitsAndHyphens(String id) {
        assertThat(new SealingKey(id, bytes(1)).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-k",
                "K1",
                "k.1",
                "k_1",
                "k 1",
                "k1\n",
                "\u00e91",
                "\u0661",
                "a23456789-123456789-123456789-123"
            })
    void otherIdsAreRefusedAndNotShown(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealingKey(id, bytes(1)))
                .withMessage("A key's id has 1 to 32 of a-z, 0-9 and -, and begins with no -");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void otherLengthsAreRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealingKey("k1", new byte[length]))
                .withMessage("A key has 32 bytes, not " + length);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1, 65, -1})
    void aKeyOfOneByteRepeatedIsRefused(byte repeated) {
        byte[] bytes = new byte[SealingKey.BYTES];
        Arrays.fill(bytes, repeated);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealingKey("k1", bytes))
                .withMessage("The bytes of a key are not all the same");

        bytes[31]++;
        assertThat(new SealingKey("k1", bytes).id()).isEqualTo("k1");
    }

    @Test
    void nobodyChangesItFromOutside() {
        byte[] bytes = bytes(1);
        SealingKey key = new SealingKey("k1", bytes);
        bytes[0]++;

        assertThat(key).isEqualTo(new SealingKey("k1", bytes(1)));
        assertThat(key.key().getEncoded()).isEqualTo(bytes(1));
    }

    @Test
    void equalKeysHaveIdAndBytesInCommon() {
        SealingKey key = new SealingKey("k1", bytes(1));

        assertThat(key)
                .isEqualTo(new SealingKey("k1", bytes(1)))
                .hasSameHashCodeAs(new SealingKey("k1", bytes(1)))
                .isNotEqualTo(new SealingKey("k2", bytes(1)))
                .isNotEqualTo(new SealingKey("k1", bytes(2)))
                .isNotEqualTo("k1");
    }

    @Test
    void itsTextFormTellsItsNameOnly() {
        SealingKey key = new SealingKey("k1", bytes(1));

        assertThat(key).hasToString("SealingKey[k1, redacted]");
        assertThat("" + key)
                .doesNotContain(Base64.getEncoder().encodeToString(bytes(1)))
                .doesNotContain(HexFormat.of().formatHex(bytes(1)));
    }
}
