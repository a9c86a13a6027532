// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Base32Test {

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "f,MY======",
        "fo,MZXQ====",
        "foo,MZXW6===",
        "foob,MZXW6YQ=",
        "fooba,MZXW6YTB",
        "foobar,MZXW6YTBOI======",
    })
    void itIsThatOfRfc4648(String plain, String text) {
        byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
        String unpadded = text.replace("=", "");

        assertThat(Base32.encode(bytes)).isEqualTo(unpadded);
        assertThat(Base32.decode(text)).contains(bytes);
        assertThat(Base32.decode(unpadded)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mzxw6ytb", "MZXW 6YTB", "mzxw-6ytb", " MZXW6YTB ", "m z x w 6 y t b", "Mzxw--6Ytb"})
    void peopleWriteItAsTheyLike(String text) {
        assertThat(Base32.decode(text)).contains("fooba".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                // not in the alphabet
                "MZXW6YT0",
                "MZXW6YT1",
                "MZXW6YT8",
                "MZXW6YT9",
                "MZXW6YT+",
                "MZXW6YT\u0131",
                "MZXW6YT\uff21",
                "MZXW6YTB\n",
                "MZXW6YTB\u0000",
                "\ud83d\ude00",
                // no whole bytes
                "A",
                "AAA",
                "AAAAAA",
                "MZX",
                // bits that would be lost
                "MZ",
                "MZXR",
                "MZXW7",
                "MZXW6YR",
                // padding
                "=",
                "========",
                "MY=",
                "MY=======",
                "MY====M=",
                "MY======MY======",
                "MZXW6YTB========",
                "MZXW6YTB="
            })
    void theRestIsRefused(@Nullable String text) {
        assertThat(Base32.decode(text)).isEmpty();
    }

    @Test
    void whatIsEncodedDecodesToItself() {
        Random random = new Random(5);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Base32.decode(Base32.encode(bytes))).contains(bytes);
        }
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) -1);
        assertThat(Base32.decode(Base32.encode(ones))).contains(ones);
    }

    @Test
    void gibberishNeverThrowsAndWhatIsTakenHasOneCanonicalForm() {
        Random random = new Random(7);
        String letters = "ABab27=- 0";
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var decoded = Base32.decode(text.toString());
            if (decoded.isPresent()) {
                taken++;
                assertThat(Base32.encode(decoded.get()))
                        .isEqualTo(text.toString().replaceAll("[-= ]", "").toUpperCase(Locale.ROOT));
            }
        }
        assertThat(taken).isGreaterThan(100);
    }
}
