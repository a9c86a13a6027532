// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class StrictJsonTest {

    private static Map<String, @Nullable Object> read(String json) throws MalformedJsonException {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuses(byte[] json) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> StrictJson.object(json));
    }

    private static byte[] text(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return TestKeys.concat(TestKeys.concat(TestToken.ascii("{\"a\":\""), bytes), TestToken.ascii("\"}"));
    }

    @Test
    void readsEveryKindOfValue() throws Exception {
        Map<String, @Nullable Object> read = read(
                " {\t\"t\" : true,\r\n\"f\":false,\"n\":null,\"s\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\u20ac\","
                        + "\"o\":{},\"l\":[],\"i\":[1,-0,2.50,1E+2, [ \"x\" ] ]} ");

        assertThat(read)
                .containsEntry("t", true)
                .containsEntry("f", false)
                .containsEntry("n", null)
                .containsEntry("s", "\"\\/\b\f\n\r\t\u00e9\ud83d\ude00\u20ac")
                .containsEntry("o", Map.of())
                .containsEntry("l", List.of())
                .containsEntry(
                        "i",
                        List.of(
                                new BigDecimal("1"),
                                new BigDecimal("0"),
                                new BigDecimal("2.50"),
                                new BigDecimal("1E+2"),
                                List.of("x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "1",
                "{",
                "}",
                "{}}",
                "{}{}",
                "{},",
                "{} x",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":[1,]}",
                "{\"a\":[,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1}",
                "{\"a\":tru}",
                "{\"a\":True}",
                "{\"a\":nul}",
                "{\"a\":undefined}",
                "{\"a\":NaN}",
                "{\"a\":-Infinity}",
                "{\"a\":\"",
                "{\"a\":\"\\\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u\uff11\uff11\uff11\uff11\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\u001f\"}",
                "{\"a\":1}/**/",
                "{//\n\"a\":1}",
                "{\"a\":1}#",
                "\ufeff{}",
                "{}\u0000",
                "{\u00a0}",
                "{\u000b}",
                "{\f}",
                "{\"a\":1;}",
                "{1:1}",
                "{null:1}",
                "{\"a\"=1}",
                "{\"a\":(1)}"
            })
    void refusesWhatIsNoObject(String json) {
        refuses(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1",
                "01",
                "-01",
                "00",
                "-",
                "--1",
                "1.",
                ".5",
                "1.e1",
                "1e",
                "1e+",
                "1e+-1",
                "0x1",
                "1_000",
                "1,5",
                "1d",
                "1e309",
                "-1e309",
                "1e400",
                "1e999999999",
                "1e-999999999",
                "1e9999999999",
                "1e-309",
                "\u0661"
            })
    void refusesWhatIsNoNumber(String number) {
        refuses(("{\"a\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"0", "-0", "-0.0", "0e0", "0E-3", "1e308", "123456789012345678901234567890", "1e-300", "10.10", "5E+0"})
    void readsNumbersExactly(String number) throws Exception {
        assertThat(read("{\"a\":" + number + "}")).containsEntry("a", new BigDecimal(number));
    }

    @Test
    void boundsTheLengthOfANumber() throws Exception {
        assertThat(read("{\"a\":" + "1".repeat(64) + "}")).containsKey("a");
        refuses(("{\"a\":" + "1".repeat(65) + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void boundsTheDepth() throws Exception {
        assertThat(read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")).containsKey("a");
        refuses(("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}").getBytes(StandardCharsets.UTF_8));
        refuses("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        refuses(("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsDepthAndNotBrackets() throws Exception {
        assertThat(read("{\"a\":[" + "[],{},".repeat(200) + "[]]}")).containsKey("a");
    }

    @Test
    void refusesAMemberNameThatComesTwice() throws Exception {
        refuses(TestToken.ascii("{\"a\":1,\"a\":1}"));
        refuses(TestToken.ascii("{\"a\":1,\"\\u0061\":2}"));
        refuses(TestToken.ascii("{\"a\":null,\"a\":2}"));
        refuses(TestToken.ascii("{\"o\":{\"a\":1,\"b\":2,\"a\":3}}"));
        refuses(TestToken.ascii("{\"\":1,\"\":1}"));
        assertThat(read("{\"a\":{\"a\":1},\"A\":2}")).hasSize(2);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        refuses(text(0x80));
        refuses(text(0xff));
        refuses(text(0xc0, 0xaf));
        refuses(text(0xc0, 0x80));
        refuses(text(0xe0, 0x80, 0xaf));
        refuses(text(0xf0, 0x80, 0x80, 0xaf));
        refuses(text(0xed, 0xa0, 0x80));
        refuses(text(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80));
        refuses(text(0xf4, 0x90, 0x80, 0x80));
        refuses(text(0xf8, 0x88, 0x80, 0x80, 0x80));
        refuses(text(0xe2, 0x82));
        refuses(text(0xe9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\udc00",
                "\\ud800x",
                "\\ud800\\ud800",
                "\\udc00\\ud800",
                "x\\udfff",
                "\\ud83d\\ude00\\ud83d"
            })
    void refusesHalfASurrogatePair(String escapes) {
        refuses(TestToken.ascii("{\"a\":\"" + escapes + "\"}"));
        refuses(TestToken.ascii("{\"" + escapes + "\":1}"));
    }

    @Test
    void neverThrowsAnythingElseAtGibberish() {
        Random random = new Random(20260504);
        String letters = "{}[]\":,\\ue0123456789.-+truefalsn \u00e9\ud83d\ude00\n";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder json = new StringBuilder("{");
            for (int length = random.nextInt(30); length > 0; length--) {
                json.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                read(json.toString());
            } catch (MalformedJsonException e) {
                assertThat(e).hasMessageMatching("[ -~]+");
            }
        }
    }

    @Test
    void takesNoTimeOverHugeNumbersAndManyNames() {
        StringBuilder json = new StringBuilder("{\"n\":1e308");
        // Names that share one hash code, for a map that would crawl.
        for (int i = 0; i < 4096; i++) {
            json.append(",\"");
            for (int bit = 0; bit < 12; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":1");
        }
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> read(json + "}"));
    }
}
