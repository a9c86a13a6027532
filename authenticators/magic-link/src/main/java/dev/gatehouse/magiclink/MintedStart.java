// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.core.secret.Secret;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;

/**
 * Where a minted link goes on: at Keycloak's own authorization endpoint, so that all that Keycloak asks of a sign-in to
 * this client is asked.
 *
 * <p>The request is for {@code response_type=none}: it ends in a session of the browser and at the redirect address, and
 * hands nothing over there. The application then makes a request of its own, with its own state, nonce and proof key, and
 * is answered by that session.
 */
final class MintedStart {

    private MintedStart() {}

    /**
     * The authorization request.
     *
     * @param token the token of the link; null where the browser is signed in as its account already, so that nothing is
     *     to be redeemed
     * @param challenge a random text that looks like the hash of a proof key. No code comes of this request, so nobody
     *     needs the key; but a client that must prove one must name one in each request
     */
    static URI request(
            URI base, RealmModel realm, ClientModel client, MintedLink link, @Nullable Secret token, String challenge) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put(OAuth2Constants.CLIENT_ID, link.clientId());
        query.put(OAuth2Constants.REDIRECT_URI, link.redirectUri());
        query.put(OAuth2Constants.RESPONSE_TYPE, OIDCResponseType.NONE);
        query.put(OAuth2Constants.SCOPE, OAuth2Constants.SCOPE_OPENID);
        query.put(OAuth2Constants.CODE_CHALLENGE, challenge);
        query.put(OAuth2Constants.CODE_CHALLENGE_METHOD, challengeMethod(client));
        if (token != null) {
            query.put(MintedTab.PARAM, token.reveal());
        }
        // Not by the builder: to it a brace in an address would be a placeholder.
        return URI.create(
                OIDCLoginProtocolService.authUrl(UriBuilder.fromUri(base)).build(realm.getName()) + "?"
                        + query.entrySet().stream()
                                .map(entry -> entry.getKey() + "="
                                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&")));
    }

    private static String challengeMethod(ClientModel client) {
        @Nullable
        String chosen = OIDCAdvancedConfigWrapper.fromClientModel(client).getPkceCodeChallengeMethod();
        return chosen == null || chosen.isEmpty() ? OIDCLoginProtocol.PKCE_METHOD_S256 : chosen;
    }
}
