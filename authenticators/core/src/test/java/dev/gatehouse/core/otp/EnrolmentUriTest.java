// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnrolmentUriTest {

    private static final OtpSecret SECRET = OtpSecret.of(OtpTest.rfcSecret(OtpAlgorithm.SHA1));
    private static final OtpParameters USUAL = new OtpParameters(OtpAlgorithm.SHA1, 6, 30, 1);

    private static final String REST = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String USUAL_REST = "&algorithm=SHA1&digits=6&period=30";

    private static String uri(String issuer, String account) {
        return EnrolmentUri.of(issuer, account, SECRET, USUAL).reveal();
    }

    @Test
    void itTellsTheAppAllItNeeds() {
        assertThat(uri("Example Shop", "mia@example.org"))
                .isEqualTo("otpauth://totp/Example%20Shop:mia%40example.org?" + REST + "&issuer=Example%20Shop"
                        + USUAL_REST);
        assertThat(EnrolmentUri.of("A", "b", SECRET, new OtpParameters(OtpAlgorithm.SHA512, 8, 60, 0))
                        .reveal())
                .isEqualTo("otpauth://totp/A:b?" + REST + "&issuer=A&algorithm=SHA512&digits=8&period=60");
    }

    @ParameterizedTest
    @CsvSource({
        // letters of any script, in UTF-8
        "Caf\u00e9,Caf%C3%A9",
        "\u5927\u962a,%E5%A4%A7%E9%98%AA",
        "\ud83d\ude00,%F0%9F%98%80",
        // what parts the label, in clear and written as percent
        "a:b,a%20b",
        "a%3Ab,a%253Ab",
        ":a:,a",
        // what would begin something else
        "a&secret=AAAA,a%26secret%3DAAAA",
        "a?secret=AAAA#x,a%3Fsecret%3DAAAA%23x",
        "a/../b,a%2F..%2Fb",
        "a+b,a%2Bb",
        "<script>alert(1)</script>,%3Cscript%3Ealert%281%29%3C%2Fscript%3E",
        "\"'`$${{}},%22%27%60%24%24%7B%7B%7D%7D",
        // what cannot be seen, or turns what follows
        "'a\r\nBcc: b',a%20Bcc%20b",
        "a\u0000b\u007fc\u0085d,a%20b%20c%20d",
        "a\u2028b\u2029c,a%20b%20c",
        "a\u202egro.elpmaxe\u202c,a%20gro.elpmaxe",
        "\u2066a\u2069\u200f\ufeff,a",
        "a\ud800b,a%20b",
        "a\uffffb\ue000c,a%20b%20c",
        // what joins letters
        "\u0645\u06cc\u200c\u062e,%D9%85%DB%8C%E2%80%8C%D8%AE",
        // white space
        "'  a    b  ',a%20b",
    })
    void hostileNamesStayNames(String name, String written) {
        assertThat(uri(name, "mia"))
                .isEqualTo("otpauth://totp/" + written + ":mia?" + REST + "&issuer=" + written + USUAL_REST);
        assertThat(uri("Shop", name))
                .isEqualTo("otpauth://totp/Shop:" + written + "?" + REST + "&issuer=Shop" + USUAL_REST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ":", "\u0000\n", "\u202e"})
    void aNameOfWhichNothingCanBeShownIsLeftOut(String name) {
        assertThat(uri(name, "mia")).isEqualTo("otpauth://totp/mia?" + REST + USUAL_REST);
        assertThat(uri("Shop", name)).isEqualTo("otpauth://totp/Shop:-?" + REST + "&issuer=Shop" + USUAL_REST);
    }

    @Test
    void longNamesAreCutBetweenLetters() {
        String uri = uri("\ud83d\ude00".repeat(300), "x" + "\ud83d\ude00".repeat(300));

        assertThat(uri)
                .contains("/" + "%F0%9F%98%80".repeat(48) + ":x" + "%F0%9F%98%80".repeat(99) + "?")
                .doesNotContain("%3F");
    }

    @Test
    void theLongestFitsIntoAQrCode() {
        String longest = EnrolmentUri.of(
                        "\ud83d\ude00".repeat(300),
                        "\ud83d\ude00".repeat(300),
                        OtpSecret.of(new byte[64]),
                        new OtpParameters(OtpAlgorithm.SHA512, 8, 60, 1))
                .reveal();

        // What version 40 holds at its lowest level of correction.
        assertThat(longest).hasSizeLessThan(2953);
    }

    @Test
    void gibberishNeverThrowsAndTheSecretIsAlwaysOurs() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            String issuer = gibberish(random);
            String account = gibberish(random);
            String uri = uri(issuer, account);

            assertThat(uri).matches("[!-~]+");
            URI parsed = URI.create(uri);
            assertThat(parsed.getScheme()).isEqualTo("otpauth");
            assertThat(parsed.getRawAuthority()).isEqualTo("totp");
            assertThat(parsed.getRawQuery()).startsWith(REST).endsWith(USUAL_REST);
            assertThat(parsed.getRawQuery().split("&", -1)).hasSizeBetween(4, 5);
            assertThat(URLDecoder.decode(parsed.getRawPath(), StandardCharsets.UTF_8)
                            .chars()
                            .filter(letter -> letter == ':'))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private static String gibberish(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(60); length > 0; length--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        }
        return text.toString();
    }

    @Test
    void itsTextFormTellsNothing() {
        assertThat(EnrolmentUri.of("Shop", "mia", SECRET, USUAL)).hasToString("EnrolmentUri[redacted]");
    }
}
