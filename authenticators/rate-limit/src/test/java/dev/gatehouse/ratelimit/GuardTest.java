// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.spi.fake.FakeSession;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.authenticators.browser.WebAuthnConditionalUIAuthenticator;

import static org.assertj.core.api.Assertions.assertThat;

/** Which submissions Keycloak's forms answer without a look at the password. */
class GuardTest {

    private final Door door = new Door();

    private boolean isNothingTyped(String parameter) {
        FakeSession session = door.server.request(door.realm);
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle(parameter, "x");
        form.putSingle("password", "x");
        return Guard.isNothingTyped(
                form, new WebAuthnConditionalUIAuthenticator(session.model(), context -> Response.ok()
                        .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"authenticatorData", "error"})
    void theAnswerOfAPasskeyCountsAsOneOnlyWhereTheRealmHasPasskeys(String parameter) {
        assertThat(isNothingTyped(parameter)).isFalse();

        door.realm.passkeys();

        assertThat(isNothingTyped(parameter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username",
                "credentialId",
                "clientDataJSON",
                "signature",
                "Cancel",
                "cancel2",
                "authenticatordata"
            })
    void otherParametersDoNot(String parameter) {
        door.realm.passkeys();

        assertThat(isNothingTyped(parameter)).isFalse();
    }

    @Test
    void turningBackAlwaysDoes() {
        assertThat(isNothingTyped("cancel")).isTrue();
    }
}
