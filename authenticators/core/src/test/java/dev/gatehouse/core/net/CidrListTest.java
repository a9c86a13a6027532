// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.net;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CidrListTest {

    @Test
    void aListHasWhatOneOfItsRangesHas() {
        CidrList list =
                CidrList.parse(" 192.0.2.7 ,10.0.0.0/8,\t2001:db8::/32 ").orElseThrow();

        assertThat(list.contains(address("192.0.2.7"))).isTrue();
        assertThat(list.contains(address("10.9.8.7"))).isTrue();
        assertThat(list.contains(address("2001:db8:ffff::"))).isTrue();
        assertThat(list.contains(address("192.0.2.8"))).isFalse();
        assertThat(list.contains(address("2001:db9::"))).isFalse();
        assertThat(list.isEmpty()).isFalse();
        assertThat(list).hasToString("192.0.2.7/32, 10.0.0.0/8, 2001:db8::/32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void noTextIsAnEmptyListAndHasNothing(String text) {
        CidrList list = CidrList.parse(text).orElseThrow();

        assertThat(list.isEmpty()).isTrue();
        assertThat(list.contains(address("192.0.2.7"))).isFalse();
        assertThat(list).isEqualTo(CidrList.NONE).hasToString("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "10.0.0.0/8,",
                ",10.0.0.0/8",
                "10.0.0.0/8,,192.0.2.7",
                "10.0.0.0/8;192.0.2.7",
                "10.0.0.0/8 192.0.2.7",
                "10.0.0.1/8",
                "192.0.2.7, intranet.example.org",
            })
    void oneEntryThatIsNotAcceptedSpoilsTheList(String text) {
        assertThat(CidrList.parse(text)).isEmpty();
    }

    @Test
    void aListIsBounded() {
        assertThat(CidrList.parse(String.join(",", Collections.nCopies(1000, "192.0.2.7"))))
                .isPresent();
        assertThat(CidrList.parse(String.join(",", Collections.nCopies(1001, "192.0.2.7"))))
                .isEmpty();
        assertThat(CidrList.parse(" ".repeat(100_000) + "192.0.2.7")).isEmpty();
        assertThat(CidrList.parse(",".repeat(10_000_000))).isEmpty();
    }

    @Test
    void equalListsAreEqual() {
        CidrList parsed = CidrList.parse("10.0.0.0/8").orElseThrow();
        CidrList made = CidrList.of(List.of(Cidr.parse("::ffff:10.0.0.0/104").orElseThrow()));

        assertThat(parsed).isEqualTo(made).hasSameHashCodeAs(made).isNotEqualTo(CidrList.NONE);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
