// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

import dev.gatehouse.core.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardingHeaderTest {

    private static final ForwardingHeader X = ForwardingHeader.X_FORWARDED_FOR;
    private static final ForwardingHeader RFC = ForwardingHeader.FORWARDED;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    192.0.2.1                          | 192.0.2.1
                    192.0.2.1:5678                     | 192.0.2.1
                    192.0.2.1:_port                    | 192.0.2.1
                    2001:db8::9                        | 2001:db8::9
                    [2001:db8::9]                      | 2001:db8::9
                    [2001:db8::9]:4711                 | 2001:db8::9
                    [::ffff:192.0.2.1]:4711            | 192.0.2.1
                    ::ffff:192.0.2.1                   | 192.0.2.1
                    192.0.2.1:                         | -
                    192.0.2.1:123456                   | -
                    192.0.2.1:http                     | -
                    192.0.2.1:80:80                    | -
                    192.0.2.01                         | -
                    [192.0.2.1]                        | -
                    [192.0.2.1]:80                     | -
                    [2001:db8::9                       | -
                    2001:db8::9]                       | -
                    [2001:db8::9]4711                  | -
                    [[2001:db8::9]]                    | -
                    [fe80::1%eth0]                     | -
                    fe80::1%eth0                       | -
                    "192.0.2.1"                        | -
                    for=192.0.2.1                      | -
                    192.0.2.1 192.0.2.2                | -
                    192.0.2.1;192.0.2.2                | -
                    unknown                            | -
                    _hidden                            | -
                    evil.example.com                   | -
                    """)
    void anEntryIsAnAddressWithOrWithoutAPort(String entry, String address) {
        assertThat(text(X.lastFirst(List.of(entry), 5))).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    for=192.0.2.1                                                | 192.0.2.1
                    For=192.0.2.1                                                | 192.0.2.1
                    for="192.0.2.1:80"                                           | 192.0.2.1
                    for="[2001:db8::9]"                                          | 2001:db8::9
                    for="[2001:db8::9]:4711";proto=https;by=203.0.113.43         | 2001:db8::9
                    by=203.0.113.43; proto=https ;FOR="[2001:db8::9]:_x"         | 2001:db8::9
                    for=192.0.2.1;                                               | 192.0.2.1
                    ;;for=192.0.2.1                                              | 192.0.2.1
                    for="192\\.0.2.1"                                            | 192.0.2.1
                    for=192.0.2.1;secret="a;b,c=\\"d"                            | 192.0.2.1
                    for=192.0.2.1:80                                             | 192.0.2.1
                    for=unknown                                                  | -
                    for="_gazonk"                                                | -
                    for=_SEVKISEK                                                | -
                    for=""                                                       | -
                    for=                                                         | -
                    for                                                          | -
                    192.0.2.1                                                    | -
                    proto=https                                                  | -
                    xfor=192.0.2.1                                               | -
                    for-x=192.0.2.1                                              | -
                    by="for=192.0.2.1"                                           | -
                    for=192.0.2.1;for=192.0.2.2                                  | -
                    for=192.0.2.1 for=192.0.2.2                                  | -
                    for=192.0.2.1;for=                                           | -
                    for = 192.0.2.1                                              | -
                    for="192.0.2.1                                               | -
                    for=192.0.2.1"                                               | -
                    for="192.0.2.1"x                                             | -
                    for="192.0.2.1\\"                                            | -
                    """)
    void anEntryOfTheStandardNamesItsSenderByFor(String entry, String address) {
        assertThat(text(RFC.lastFirst(List.of(entry), 5))).isEqualTo(address);
    }

    @Test
    void theLastEntryOfTheLastLineComesFirst() {
        assertThat(text(X.lastFirst(List.of("192.0.2.1, 192.0.2.2", "192.0.2.3 ,192.0.2.4"), 9)))
                .isEqualTo("192.0.2.4 192.0.2.3 192.0.2.2 192.0.2.1");
        assertThat(text(RFC.lastFirst(List.of("for=192.0.2.1,for=192.0.2.2;by=x", "for=\"[2001:db8::9]:1\""), 9)))
                .isEqualTo("2001:db8::9 192.0.2.2 192.0.2.1");
    }

    @Test
    void onlyInTheStandardDoQuotesHoldAnEntryTogether() {
        assertThat(text(RFC.lastFirst(List.of("for=192.0.2.1, for=192.0.2.2;x=\"a,b\\\\\""), 9)))
                .isEqualTo("192.0.2.2 192.0.2.1");
        assertThat(text(X.lastFirst(List.of("192.0.2.1, \"192.0.2.2, 192.0.2.3, \", 192.0.2.4"), 9)))
                .isEqualTo("192.0.2.4 - 192.0.2.3 - 192.0.2.1");
    }

    @Test
    void anEntryOfNothingIsAnEntry() {
        assertThat(text(X.lastFirst(List.of(""), 9))).isEqualTo("-");
        assertThat(text(X.lastFirst(List.of("192.0.2.1,"), 9))).isEqualTo("- 192.0.2.1");
        assertThat(text(X.lastFirst(List.of(",,"), 9))).isEqualTo("- - -");
        assertThat(text(X.lastFirst(List.of("192.0.2.1", ""), 9))).isEqualTo("- 192.0.2.1");
    }

    @Test
    void noMoreEntriesAreReadThanAskedFor() {
        assertThat(text(X.lastFirst(List.of("192.0.2.1, 192.0.2.2", "192.0.2.3, 192.0.2.4"), 1)))
                .isEqualTo("192.0.2.4");
        assertThat(text(X.lastFirst(List.of("192.0.2.1, 192.0.2.2", "192.0.2.3, 192.0.2.4"), 3)))
                .isEqualTo("192.0.2.4 192.0.2.3 192.0.2.2");
        assertThat(text(X.lastFirst(List.of("192.0.2.1, 192.0.2.2", "192.0.2.3, 192.0.2.4"), 4)))
                .isEqualTo("192.0.2.4 192.0.2.3 192.0.2.2 192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=\"6.6.6.6",
                "for=6.6.6.6;x=\"",
                "\"",
                "\"\"\"",
                "\\",
                "for=\"\\",
                "for=6.6.6.6;x=\"\\\"",
                ";;;===",
            })
    void whatAClientSentAlongSwallowsNothingThatAProxyWrote(String forged) {
        String written = "for=\"[2001:db8::9]:4711\";x=\"a,\\\"b\"";
        assertThat(text(RFC.lastFirst(List.of(forged + ", " + written), 1))).isEqualTo("2001:db8::9");
        assertThat(text(RFC.lastFirst(List.of(forged, written), 1))).isEqualTo("2001:db8::9");
        assertThat(text(X.lastFirst(List.of(forged + ",192.0.2.1"), 1))).isEqualTo("192.0.2.1");
    }

    @Test
    void aHugeHeaderIsBoundedWork() {
        String many = "6.6.6.6,".repeat(8_000) + "192.0.2.1";
        assertThat(X.lastFirst(List.of(many), 50)).hasSize(50).startsWith(IpAddress.parse("192.0.2.1"));
        assertThat(text(X.lastFirst(List.of("1".repeat(65_536)), 50))).isEqualTo("-");
        assertThat(text(RFC.lastFirst(List.of("for=\"" + "\\".repeat(65_536) + "\""), 50)))
                .isEqualTo("-");
        assertThat(text(RFC.lastFirst(List.of("for=\"" + "\\\"".repeat(32_768) + "\""), 50)))
                .isEqualTo("-");
        assertThat(text(RFC.lastFirst(List.of("a=b;".repeat(16_384) + "for=192.0.2.1"), 50)))
                .isEqualTo("-");
    }

    @Test
    void gibberishNeverThrowsAndNeverChangesWhatFollows() {
        Random random = new Random(31);
        String letters = "0123456789abcdef:.[]\",;=\\ \t_-forFOR%";
        for (int i = 0; i < 50_000; i++) {
            List<String> lines = new ArrayList<>();
            for (int j = random.nextInt(4); j >= 0; j--) {
                StringBuilder line = new StringBuilder();
                for (int k = random.nextInt(40); k > 0; k--) {
                    line.append(
                            random.nextInt(20) == 0
                                    ? (char) random.nextInt(256)
                                    : letters.charAt(random.nextInt(letters.length())));
                }
                lines.add(line.toString());
            }
            assertThat(X.lastFirst(lines, 9)).isNotEmpty().hasSizeLessThanOrEqualTo(9);
            assertThat(RFC.lastFirst(lines, 9)).isNotEmpty().hasSizeLessThanOrEqualTo(9);
            String last = lines.remove(lines.size() - 1);
            lines.add(last + ", for=192.0.2.1");
            assertThat(RFC.lastFirst(lines, 1)).as(last).containsExactly(IpAddress.parse("192.0.2.1"));
        }
    }

    private static String text(List<Optional<IpAddress>> senders) {
        return senders.stream()
                .map(sender -> sender.map(IpAddress::toString).orElse("-"))
                .collect(Collectors.joining(" "));
    }
}
