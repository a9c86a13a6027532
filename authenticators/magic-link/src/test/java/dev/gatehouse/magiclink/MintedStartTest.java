// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;

import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ClientModel;

import static org.assertj.core.api.Assertions.assertThat;

class MintedStartTest {

    private static final String CHALLENGE = "c".repeat(43);

    private final FakeRealm realm = new FakeRealm("realm-1", "my shop");
    private final Secret token = Secret.random(new SecureRandom());

    private URI request(String clientId, String redirect, @Nullable Secret secret, @Nullable String method) {
        ClientModel client = Stub.of(ClientModel.class)
                .is("getAttribute", method)
                .is("getClientId", clientId)
                .get();
        return MintedStart.request(
                URI.create("https://id.example.org/base/"),
                realm.model(),
                client,
                new MintedLink("user-1", "hash", clientId, redirect, Instant.EPOCH),
                secret,
                CHALLENGE);
    }

    @Test
    void itIsARequestThatHandsNothingOver() {
        assertThat(request("app", "https://app.example.org/in", token, null))
                .hasToString("https://id.example.org/base/realms/my%20shop/protocol/openid-connect/auth"
                        + "?client_id=app&redirect_uri=https%3A%2F%2Fapp.example.org%2Fin&response_type=none&scope=openid"
                        + "&code_challenge=" + CHALLENGE + "&code_challenge_method=S256&gatehouse_link="
                        + token.reveal());
    }

    @Test
    void withoutATokenThereIsNone() {
        assertThat(request("app", "https://app.example.org/in", null, null).toString())
                .doesNotContain("gatehouse_link");
    }

    @Test
    void whatStandsInTheValuesCannotAddParametersOrBeTakenForPlaceholders() {
        assertThat(request("a&b={c} d", "https://app.example.org/?x={y}&prompt=none#z", token, null)
                        .getRawQuery())
                .startsWith("client_id=a%26b%3D%7Bc%7D+d&"
                        + "redirect_uri=https%3A%2F%2Fapp.example.org%2F%3Fx%3D%7By%7D%26prompt%3Dnone%23z&"
                        + "response_type=none&");
    }

    @ParameterizedTest
    @CsvSource({"plain, plain", "S256, S256", "'', S256"})
    void theMethodIsTheOneThatTheClientMustUse(String configured, String used) {
        assertThat(request("app", "https://app.example.org/in", token, configured)
                        .getQuery())
                .contains("&code_challenge_method=" + used + "&");
    }
}
