// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import dev.gatehouse.spi.fake.FakeRealm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientNamesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "The App,The App",
                "😀,😀",
                "$5 App,$5 App",
                "App ${x},App {x}",
                "-,app",
                "'',app",
                "'  ',app",
                "${client_account},app",
                "${,app",
            })
    void aClientIsCalledByItsNameIfPeopleCanReadIt(@Nullable String name, String called) {
        assertThat(ClientNames.of(new FakeRealm("realm-1", "shop").client("uuid", "app", name)))
                .isEqualTo(called);
    }
}
