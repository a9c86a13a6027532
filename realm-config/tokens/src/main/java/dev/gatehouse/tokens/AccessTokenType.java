// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tokens;

import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/** The executor {@code gatehouse-access-token-type}: whoever saves a client saves it with typed access tokens. */
final class AccessTokenType implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    @Override
    public String getProviderId() {
        return AccessTokenTypeExecutorFactory.PROVIDER_ID;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) {
        // Made, changed or registered by the client itself: each is this kind of context, and nothing else is.
        if (context instanceof ClientCRUDContext change && change.getProposedClientRepresentation() != null) {
            OIDCAdvancedConfigWrapper.fromClientRepresentation(change.getProposedClientRepresentation())
                    .setUseRfc9068AccessTokenHeaderType(true);
        }
    }
}
