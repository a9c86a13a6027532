// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "192.0.2.7, 192.0.2.7/32",
        "192.0.2.7/32, 192.0.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:db8::1, 2001:db8::1/128",
        "::/0, ::/0",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:192.0.2.7, 192.0.2.7/32",
        "::ffff:0:0/96, 0.0.0.0/0",
    })
    void aRangeIsReadAndWrittenCanonically(String text, String canonical) {
        assertThat(Cidr.parse(text)).hasToString("Optional[" + canonical + "]");
        assertThat(Cidr.parse(text)).isEqualTo(Cidr.parse(canonical)).hasSameHashCodeAs(Cidr.parse(canonical));
        assertThat(Cidr.around(text)).isEqualTo(Cidr.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8 ",
                "10.0.0.0 /8",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/99999999999",
                "10.0.0.0/\u0668",
                "10.0.0/8",
                "10/8",
                "::/129",
                "::/1000",
                "::1%eth0/128",
                "[::]/0",
                // Less than all that makes the address an IPv4 one.
                "::ffff:10.0.0.0/95",
                "localhost/8",
            })
    void anythingElseIsNoRange(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
        assertThat(Cidr.around(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "192.0.2.129/25, 192.0.2.128/25",
        "192.0.2.7/31, 192.0.2.6/31",
        "2001:db8::1/64, 2001:db8::/64",
        "::ffff:10.1.2.3/104, 10.0.0.0/8",
        "1.2.3.4/0, 0.0.0.0/0",
    })
    void aRangeThatIsNamedByAnAddressInsideIsTakenOnlyWhereThatIsAskedFor(String text, String around) {
        assertThat(Cidr.parse(text)).isEmpty();
        assertThat(Cidr.around(text)).isEqualTo(Cidr.parse(around)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.0.0.0/8, ::10.1.2.3, false",
        "10.0.0.0/8, a00::, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 203.0.113.9, false",
        "::/0, ::ffff:203.0.113.9, false",
        "2001:db8::/64, 203.0.113.9, false",
        "192.0.2.0/24, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:7fff:ffff::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
    })
    void aRangeHasWhatBeginsLikeIt(String range, String address, boolean inside) {
        assertThat(Cidr.parse(range)
                        .orElseThrow()
                        .contains(IpAddress.parse(address).orElseThrow()))
                .isEqualTo(inside);
    }

    @Test
    void aRangeHasExactlyTheAddressesBetweenItsEnds() throws UnknownHostException {
        Random random = new Random(23);
        for (int i = 0; i < 20_000; i++) {
            byte[] one = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(one);
            int bits = 8 * one.length;
            int prefixLength = random.nextInt(bits + 1);
            // Another address that differs from the first one in a single bit.
            int flipped = random.nextInt(bits);
            byte[] other = one.clone();
            other[flipped / 8] ^= (byte) (0x80 >> flipped % 8);

            Cidr range = Cidr.around(text(one) + "/" + prefixLength).orElseThrow();

            assertThat(range.contains(IpAddress.parse(text(one)).orElseThrow())).isTrue();
            assertThat(range.contains(IpAddress.parse(text(other)).orElseThrow()))
                    .as("%s in %s", text(other), range)
                    .isEqualTo(new BigInteger(1, one)
                            .shiftRight(bits - prefixLength)
                            .equals(new BigInteger(1, other).shiftRight(bits - prefixLength)));
        }
    }

    private static String text(byte[] bytes) throws UnknownHostException {
        return InetAddress.getByAddress(bytes).getHostAddress();
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(29);
        String letters = "0123456789abcdef:./ ,%[]";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                text.append(
                        random.nextInt(10) == 0
                                ? (char) random.nextInt(0x10000)
                                : letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(Cidr.parse(text.toString())).isNotNull();
            assertThat(Cidr.around(text.toString())).isNotNull();
            assertThat(CidrList.parse(text.toString())).isNotNull();
        }
    }
}
