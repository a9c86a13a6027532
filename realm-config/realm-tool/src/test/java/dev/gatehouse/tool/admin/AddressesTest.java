// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example/x",
                "HTTPS://id.example",
                "http://localhost:8080",
                "http://127.0.0.1/",
                "http://[::1]/"
            })
    void httpsAndThisMachineAreSafe(String address) {
        assertThat(Addresses.isSafe(address)).isTrue();
        assertThat(Addresses.isPlain(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example",
                "HTTP://id.example",
                "http://127.0.0.1.example",
                "http://127.0.0.1@id.example",
                "http:"
            })
    void anyOtherHttpIsPlain(String address) {
        assertThat(Addresses.isPlain(address)).isTrue();
        assertThat(Addresses.isSafe(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id.example",
                "https:",
                "https://",
                "ftp://id.example",
                "https://a:b@id.example",
                "https://a b"
            })
    void whatIsNoAddressOfAServerIsNotSafe(String address) {
        assertThat(Addresses.isSafe(address)).isFalse();
        assertThat(Addresses.isPlain(address)).isFalse();
    }
}
