// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "192.0.2.7, 192.0.2.7",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:db8:1:2:aaaa::1, 2001:db8:1:2:aaaa::1",
        "2001:0DB8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
        "::192.0.2.1, ::c000:201",
        "fe80::1, fe80::1",
        // An IPv4 address in IPv6 clothes is the IPv4 address, however it is written.
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:0201, 192.0.2.1",
        "0:0:0:0:0:ffff:c000:201, 192.0.2.1",
        "0000:0000:0000:0000:0000:ffff:255.255.255.255, 255.255.255.255",
        "::ffff:0:192.0.2.1, ::ffff:0:c000:201",
    })
    void anAddressIsReadAndWrittenCanonically(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString("Optional[" + canonical + "]");
        assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "...",
                ":",
                ":::",
                "::::",
                // Short, octal, hexadecimal and whole-number forms mean different addresses to different readers.
                "1",
                "127.1",
                "1.2.3",
                "1.2.3.4.5",
                "2130706433",
                "010.0.0.1",
                "1.2.3.04",
                "00.0.0.0",
                "0x7f.0.0.1",
                "1.2.3.256",
                "1.2.3.999",
                "1.2.3.1000",
                "1.2.3.-4",
                "1.2.3.+4",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.4:80",
                "1.2.3.4/32",
                "1,2,3,4",
                "\u0661.\u0662.\u0663.\u0664",
                "\uff11.2.3.4",
                "1\u30022\u30023\u30024",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8:",
                ":1:2:3:4:5:6:7:8",
                ":1::2",
                "1::2:",
                "1:2:3:4::5:6:7:8",
                "1::2::3",
                "::1::",
                "12345::",
                "::00001",
                "::g",
                "::-1",
                "::+1",
                "::\u0661",
                "[::1]",
                "[::1]:80",
                "::1]",
                "::1%0",
                "fe80::1%eth0",
                "fe80::1%25eth0",
                "::1/128",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::ffff:1.2.3",
                "::ffff:01.2.3.4",
                "::ffff:1.2.3.256",
                "localhost",
                "evil.example.com",
                "unknown",
                "_hidden",
                "null",
            })
    void anythingElseIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 32, 192.0.2.7/32",
        "192.0.2.7, 24, 192.0.2.0/24",
        "192.0.2.255, 25, 192.0.2.128/25",
        "192.0.2.7, 0, 0.0.0.0/0",
        "2001:db8:1:2:aaaa::1, 64, 2001:db8:1:2::/64",
        "2001:db8:1:2ff:aaaa::1, 56, 2001:db8:1:200::/56",
        "2001:db8:1:2ff:aaaa::1, 48, 2001:db8:1::/48",
        "2001:db8:1:2:aaaa::1, 128, 2001:db8:1:2:aaaa::1/128",
        "2001:db8::1, 127, 2001:db8::/127",
        "2001:db8::1, 0, ::/0",
    })
    void aNetworkHasNothingButItsPrefix(String text, int prefixLength, String network) {
        assertThat(IpAddress.parse(text).orElseThrow().network(prefixLength)).isEqualTo(network);
    }

    @Test
    void aPrefixHasNoMoreBitsThanTheAddress() {
        IpAddress v4 = IpAddress.parse("192.0.2.7").orElseThrow();
        IpAddress v6 = IpAddress.parse("::1").orElseThrow();

        assertThatThrownBy(() -> v4.network(33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> v4.network(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> v6.network(129)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressKnowsItsWorld() {
        assertThat(IpAddress.parse("192.0.2.7").orElseThrow().isV6()).isFalse();
        assertThat(IpAddress.parse("::ffff:192.0.2.7").orElseThrow().isV6()).isFalse();
        assertThat(IpAddress.parse("::1").orElseThrow().isV6()).isTrue();
    }

    @Test
    void equalAddressesAreEqual() {
        assertThat(IpAddress.parse("2001:DB8::1")).isEqualTo(IpAddress.parse("2001:db8:0::1"));
        assertThat(IpAddress.parse("2001:DB8::1")).hasSameHashCodeAs(IpAddress.parse("2001:db8:0::1"));
        assertThat(IpAddress.parse("::1")).isNotEqualTo(IpAddress.parse("::2"));
        // The same bytes in the front are not the same address.
        assertThat(IpAddress.parse("0.0.0.0")).isNotEqualTo(IpAddress.parse("::"));
    }

    @Test
    void anyAddressReadsItsOwnTextAsTheJdkDoes() throws UnknownHostException {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            // Many zeros, for gaps of every kind.
            for (int j = 0; j + 1 < bytes.length; j += 2) {
                if (random.nextBoolean()) {
                    bytes[j] = 0;
                    bytes[j + 1] = (byte) (random.nextBoolean() ? 0 : random.nextInt(16));
                }
            }
            InetAddress jdk = InetAddress.getByAddress(bytes);

            IpAddress ours = IpAddress.parse(jdk.getHostAddress()).orElseThrow();

            assertThat(IpAddress.parse(ours.toString())).contains(ours);
            assertThat(InetAddress.getByName(ours.toString())).isEqualTo(jdk);
        }
    }

    /** Texts of these letters are never names, so the JDK asks no name server for them. */
    private static final String LETTERS = "0123456789abcdef:::::...";

    @Test
    void whateverWeReadTheJdkReadsTheSame() throws UnknownHostException {
        Random random = new Random(13);
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            String text = text(random, LETTERS, 1 + random.nextInt(24));
            IpAddress ours = IpAddress.parse(text).orElse(null);
            if (ours != null) {
                read++;
                assertThat(InetAddress.getByName(text)).as(text).isEqualTo(InetAddress.getByName(ours.toString()));
            }
        }
        assertThat(read).as("texts that are addresses").isGreaterThan(500);
    }

    @Test
    void whateverTheJdkReadsWithAColonWeReadToo() {
        Random random = new Random(17);
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            // With a colon in it the JDK takes a text for an IPv6 address or nothing, and asks nobody.
            String text = text(random, LETTERS, 1 + random.nextInt(24)) + ":" + text(random, LETTERS, 4);
            boolean jdk = isAddressForTheJdk(text);
            // The JDK also takes what only some readers do: groups of five letters, and octal forms in the IPv4 part.
            if (jdk && text.indexOf('.') < 0 && !text.matches(".*[0-9a-f]{5}.*")) {
                read++;
                assertThat(IpAddress.parse(text)).as(text).isPresent();
            }
        }
        assertThat(read).as("texts that are addresses").isGreaterThan(500);
    }

    private static boolean isAddressForTheJdk(String text) {
        try {
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(19);
        for (int i = 0; i < 100_000; i++) {
            int length = random.nextInt(60);
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < length; j++) {
                text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
            }
            assertThat(IpAddress.parse(text.toString())).isNotNull();
        }
    }

    @Test
    void aLongTextCostsNothing() {
        assertThat(IpAddress.parse("1:".repeat(10_000_000))).isEmpty();
        assertThat(IpAddress.parse("0".repeat(10_000_000))).isEmpty();
    }

    private static String text(Random random, String letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
