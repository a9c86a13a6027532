// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PasskeyTest {

    private final Door door = new Door();

    @ParameterizedTest
    @ValueSource(strings = {"alice", "dora", "nobody", ""})
    void aNameIsNotLookedUp(String name) {
        door.forbidLookingForAccounts();

        var context = door.posts((session, rates) -> new Passkey(session), Map.of("username", name));

        assertThat(context.ended().call()).isEqualTo("attempted");
        assertThat(door.limiter.attempts()).isEmpty();
    }
}
