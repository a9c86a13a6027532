// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.pack.PackVersion;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.representations.IDToken;

/**
 * The protocol mapper {@code gatehouse-client-id}: the claim {@code client_id} of RFC 9068, section 2.2. In a client scope
 * it names whichever client asked for the token.
 */
public final class ClientIdMapperFactory extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, TokenIntrospectionTokenMapper, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-client-id";

    static final String CLAIM = "client_id";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Client ID (Gatehouse)";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Adds the claim client_id, which access tokens have by RFC 9068: the client that the token was issued to.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, ClientIdMapperFactory.class);
        return properties;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        token.setOtherClaims(CLAIM, context.getClientSession().getClient().getClientId());
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return Map.of("version", PackVersion.current());
    }
}
