// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tokens;

import java.util.Map;

import dev.gatehouse.spi.fake.Stub;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;

import static org.assertj.core.api.Assertions.assertThat;

class ClientIdMapperFactoryTest {

    private final ClientIdMapperFactory mapper = new ClientIdMapperFactory();
    private final ProtocolMapperModel model = new ProtocolMapperModel();
    private final UserSessionModel userSession = Stub.of(UserSessionModel.class).get();

    /** A request of {@code client}. */
    private static KeycloakSession session(ClientModel client) {
        return Stub.of(KeycloakSession.class)
                .is("getAttribute", null)
                .is(
                        "getContext",
                        Stub.of(KeycloakContext.class).is("getClient", client).get())
                .get();
    }

    private static ClientModel client(String clientId, boolean lightweight) {
        return Stub.of(ClientModel.class)
                .is("getClientId", clientId)
                .is("getAttribute", Boolean.toString(lightweight))
                .get();
    }

    private static ClientSessionContext signedInTo(ClientModel client) {
        return Stub.of(ClientSessionContext.class)
                .is(
                        "getClientSession",
                        Stub.of(AuthenticatedClientSessionModel.class)
                                .is("getClient", client)
                                .get())
                .get();
    }

    private AccessToken accessToken(ClientModel client) {
        return mapper.transformAccessToken(new AccessToken(), model, session(client), userSession, signedInTo(client));
    }

    @Test
    void theTokenNamesTheClientThatItIsIssuedTo() {
        model.setConfig(Map.of("access.token.claim", "true"));

        assertThat(accessToken(client("app", false)).getOtherClaims()).containsExactly(Map.entry("client_id", "app"));
        assertThat(accessToken(client("another", false)).getOtherClaims())
                .containsExactly(Map.entry("client_id", "another"));
    }

    @Test
    void aLightweightTokenHasItWhereTheMapperSaysSo() {
        model.setConfig(Map.of("access.token.claim", "true", "lightweight.claim", "false"));
        assertThat(accessToken(client("app", true)).getOtherClaims()).isEmpty();

        model.setConfig(Map.of("access.token.claim", "false", "lightweight.claim", "true"));
        assertThat(accessToken(client("app", true)).getOtherClaims()).containsKey("client_id");
        assertThat(accessToken(client("app", false)).getOtherClaims()).isEmpty();
    }

    @Test
    void introspectionTellsItWhereTheMapperSaysSo() {
        ClientModel app = client("app", false);
        model.setConfig(Map.of("introspection.token.claim", "true"));
        assertThat(mapper.transformIntrospectionToken(
                                new AccessToken(), model, session(app), userSession, signedInTo(app))
                        .getOtherClaims())
                .containsEntry("client_id", "app");

        model.setConfig(Map.of("introspection.token.claim", "false"));
        assertThat(mapper.transformIntrospectionToken(
                                new AccessToken(), model, session(app), userSession, signedInTo(app))
                        .getOtherClaims())
                .isEmpty();
    }

    @Test
    void itIsForAccessTokensOnlyAndItsFormAsksForNothingElse() {
        assertThat(mapper).isNotInstanceOf(OIDCIDTokenMapper.class).isNotInstanceOf(UserInfoTokenMapper.class);
        assertThat(mapper.getConfigProperties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactlyInAnyOrder("access.token.claim", "lightweight.claim", "introspection.token.claim");
    }

    @Test
    void itTellsTheVersionOfThePack() {
        assertThat(mapper.getOperationalInfo()).containsOnlyKeys("version");
        assertThat(mapper.getId()).isEqualTo("gatehouse-client-id");
        assertThat(mapper.getProtocol()).isEqualTo("openid-connect");
    }
}
