// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.RedirectUtils;

/**
 * The client that a minted link leads to. What would only fail in front of the person is refused when the link is minted,
 * as far as it can be known then; policies of the realm for authorization requests are not asked.
 *
 * @param clientId as it is written in requests
 * @param redirectUri the registered address, as Keycloak spells it
 */
record MintClient(String clientId, String redirectUri) {

    static MintClient of(KeycloakSession session, RealmModel realm, MintSettings settings, MintRequest request)
            throws MintRefused {
        if (!settings.clients().contains(request.clientId())) {
            throw MintError.CLIENT_NOT_ALLOWED.because(
                    "The realm attribute gatehouse.mint.clients does not list the client");
        }
        @Nullable ClientModel client = realm.getClientByClientId(request.clientId());
        if (client == null) {
            throw MintError.CLIENT_NOT_FOUND.because("There is no such client");
        }
        checkItCanSignIn(realm, client);
        @Nullable String redirectUri = RedirectUtils.verifyRedirectUri(session, request.redirectUri(), client);
        if (redirectUri == null) {
            throw MintError.INVALID_REDIRECT_URI.because("redirectUri must be one that the client has registered");
        }
        return new MintClient(client.getClientId(), redirectUri);
    }

    private static void checkItCanSignIn(RealmModel realm, ClientModel client) throws MintRefused {
        if (!client.isEnabled()) {
            throw MintError.CLIENT_NOT_USABLE.because("The client is disabled");
        }
        @Nullable String protocol = client.getProtocol();
        if (protocol != null && !protocol.equals(OIDCLoginProtocol.LOGIN_PROTOCOL)) {
            throw MintError.CLIENT_NOT_USABLE.because("The client does not use OpenID Connect");
        }
        if (client.isBearerOnly() || !client.isStandardFlowEnabled()) {
            throw MintError.CLIENT_NOT_USABLE.because("The client has its standard flow switched off");
        }
        if (realm.getParPolicy().isRequirePushedAuthorizationRequests(client) || requiresRequestObject(client)) {
            throw MintError.CLIENT_NOT_USABLE.because(
                    "The client takes nobody who does not come with a pushed or signed request of its own");
        }
        if (!hasStep(realm, flowOf(realm, client), new HashSet<>())) {
            throw MintError.CLIENT_NOT_USABLE.because("The browser flow of the client has no step "
                    + MagicLinkAuthenticatorFactory.PROVIDER_ID + " that is switched on");
        }
    }

    private static boolean requiresRequestObject(ClientModel client) {
        @Nullable
        String required = OIDCAdvancedConfigWrapper.fromClientModel(client).getRequestObjectRequired();
        return required != null && required.startsWith("request");
    }

    /** The flow that Keycloak will run for the client: its own, else the realm's. */
    private static @Nullable AuthenticationFlowModel flowOf(RealmModel realm, ClientModel client) {
        @Nullable String own = client.getAuthenticationFlowBindingOverride(AuthenticationFlowBindings.BROWSER_BINDING);
        @Nullable AuthenticationFlowModel flow = own == null ? null : realm.getAuthenticationFlowById(own);
        return flow == null ? realm.getBrowserFlow() : flow;
    }

    private static boolean hasStep(RealmModel realm, @Nullable AuthenticationFlowModel flow, Set<String> seen) {
        return flow != null
                && seen.add(flow.getId())
                && realm.getAuthenticationExecutionsStream(flow.getId())
                        .filter(execution -> !execution.isDisabled())
                        .anyMatch(execution -> isStep(execution)
                                || (execution.isAuthenticatorFlow()
                                        && hasStep(
                                                realm, realm.getAuthenticationFlowById(execution.getFlowId()), seen)));
    }

    private static boolean isStep(AuthenticationExecutionModel execution) {
        return MagicLinkAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator());
    }
}
