// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.secret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyedHashTest {

    private final KeyedHash hash = new KeyedHash("Jefe".getBytes(StandardCharsets.US_ASCII));

    @Test
    void aHashIsHmacSha256OfTheLengthAndTheText() {
        // openssl dgst -sha256 -hmac Jefe, of "28:what do ya want for nothing?"
        assertThat(HexFormat.of().formatHex(hash.of("what do ya want for nothing?")))
                .isEqualTo("f9a7f5b9c4118c0f397a50b3a495f455c6666f75f95db0d20b32f7e7c995ee77");
        assertThat(new KeyedHash(new SecretKeySpec("Jefe".getBytes(StandardCharsets.US_ASCII), "HmacSHA512")).of("a"))
                .isEqualTo(hash.of("a"));
    }

    @Test
    void listsOfPartsNeverRunTogether() {
        assertThat(hash.of("ab", "c")).isNotEqualTo(hash.of("a", "bc"));
        assertThat(hash.of("a", "b")).isNotEqualTo(hash.of("a1:b"));
        assertThat(hash.of("a", "")).isNotEqualTo(hash.of("a"));
        assertThat(hash.of("\u00e9")).isNotEqualTo(hash.of("e"));
    }

    @Test
    void anotherKeyMakesAnotherHash() {
        assertThat(new KeyedHash(new byte[] {1}).of("a")).isNotEqualTo(new KeyedHash(new byte[] {2}).of("a"));
    }

    @Test
    void theTextHasAsManyBytesAsAskedFor() {
        assertThat(hash.text(32, "a")).hasSize(43).matches("[A-Za-z0-9_-]+").startsWith(hash.text(3, "a"));
        assertThat(hash.text(16, "a")).hasSize(22);
        assertThatThrownBy(() -> hash.text(33, "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hash.text(0, "a")).isInstanceOf(IllegalArgumentException.class);
    }
}
