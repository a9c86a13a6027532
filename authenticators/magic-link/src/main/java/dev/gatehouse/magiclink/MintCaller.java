// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.List;

import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The backend behind a request, known by an access token of the realm and by nothing else: not by a cookie, and not by a
 * token in the address.
 *
 * @param user the account of the token, mostly a service account
 * @param client the client that the token was issued to
 */
record MintCaller(UserModel user, ClientModel client, AccessToken token) {

    /** The realm's role that lets its owner have links minted. */
    static final String ROLE = "gatehouse-mint-links";

    /** Who asks; for whoever may not ask nothing has been looked up yet. */
    static MintCaller of(KeycloakSession session, RealmModel realm) throws MintRefused {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        List<String> lines = headers.getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (lines != null && lines.size() > 1) {
            throw MintError.INVALID_TOKEN.because("There must be one Authorization header");
        }
        AppAuthManager.@Nullable AuthHeader header =
                AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(headers);
        if (header == null) {
            throw MintError.MISSING_TOKEN.because(
                    "An access token of this realm must stand in the Authorization header");
        }
        AuthenticationManager.@Nullable AuthResult found = new AppAuthManager.BearerTokenAuthenticator(session)
                .setTokenString(header.getToken())
                .authenticate();
        if (found == null) {
            throw MintError.INVALID_TOKEN.because("The access token is not one of this realm, or not valid any more");
        }
        MintCaller caller = new MintCaller(found.user(), found.client(), found.token());
        if (!caller.mayMint(realm)) {
            throw MintError.INSUFFICIENT_SCOPE.because(
                    "The account needs the realm role " + ROLE + ", and its client the scope for it");
        }
        return caller;
    }

    /** As Keycloak's admin API asks for its roles: what holds now, not what held when the token was issued. */
    private boolean mayMint(RealmModel realm) {
        @Nullable RoleModel role = realm.getRole(ROLE);
        return role != null && user.hasRole(role) && client.hasScope(role);
    }
}
