// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tokens;

import java.util.HashMap;
import java.util.Map;

import dev.gatehouse.spi.fake.Stub;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;

import static org.assertj.core.api.Assertions.assertThat;

class AccessTokenTypeTest {

    private static final String TYPED = "access.token.header.type.rfc9068";

    private final AccessTokenTypeExecutorFactory factory = new AccessTokenTypeExecutorFactory();
    private final ClientRepresentation client = new ClientRepresentation();

    private void save() throws Exception {
        factory.create(Stub.of(KeycloakSession.class).get())
                .executeOnEvent(Stub.of(ClientCRUDContext.class)
                        .is("getProposedClientRepresentation", client)
                        .get());
    }

    @Test
    void aClientThatIsSavedWithoutAnyAttributeIsSavedWithTypedTokens() throws Exception {
        save();

        assertThat(client.getAttributes()).containsExactly(Map.entry(TYPED, "true"));
    }

    @Test
    void whoSavesItOffHasItOnAndAllElseAsItWas() throws Exception {
        client.setAttributes(new HashMap<>(Map.of(TYPED, "false", "pkce.code.challenge.method", "S256")));

        save();

        assertThat(client.getAttributes())
                .containsOnly(Map.entry(TYPED, "true"), Map.entry("pkce.code.challenge.method", "S256"));
    }

    @Test
    void lookingAtAClientChangesNothing() throws Exception {
        // A client that is read or removed is such a context, too, and nobody proposes anything.
        factory.create(Stub.of(KeycloakSession.class).get())
                .executeOnEvent(Stub.of(ClientCRUDContext.class)
                        .is("getProposedClientRepresentation", null)
                        .get());

        assertThat(client.getAttributes()).isNull();
    }

    @Test
    void requestsForTokensAreNoneOfItsBusiness() throws Exception {
        // A stub fails on every call.
        factory.create(Stub.of(KeycloakSession.class).get())
                .executeOnEvent(Stub.of(ClientPolicyContext.class).get());
    }

    @Test
    void itHasNoSettingsAndTellsTheVersionOfThePack() {
        assertThat(factory.getConfigProperties()).isEmpty();
        assertThat(factory.getOperationalInfo()).containsOnlyKeys("version");
        assertThat(factory.getId())
                .isEqualTo("gatehouse-access-token-type")
                .isEqualTo(factory.create(Stub.of(KeycloakSession.class).get()).getProviderId());
    }
}
