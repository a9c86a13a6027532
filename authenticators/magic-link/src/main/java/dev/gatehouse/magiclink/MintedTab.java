// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;

import dev.gatehouse.core.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a tab knows of the minted link that it was opened with.
 *
 * <p>The token arrives as a parameter of the authorization request, which Keycloak keeps in a note that it would copy into
 * the session of the client. It is taken out of there as soon as the step is reached, and only its hash stays, in a note of
 * the tab. In a flow that goes by without reaching the step the token stays in the note until it is over.
 */
final class MintedTab {

    /** The parameter of the authorization request that carries the token. */
    static final String PARAM = "gatehouse_link";

    static final String CLIENT_NOTE = AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + PARAM;
    static final String TOKEN_HASH = "gatehouse.magic-link.minted-token-hash";

    private final AuthenticationSessionModel session;

    MintedTab(AuthenticationSessionModel session) {
        this.session = session;
    }

    /** The hash of the token of the link; empty if the tab was opened without one, or has turned away from it. */
    Optional<String> tokenHash() {
        @Nullable String text = session.getClientNote(CLIENT_NOTE);
        if (text != null) {
            session.removeClientNote(CLIENT_NOTE);
            Secret.parse(text).ifPresent(token -> session.setAuthNote(TOKEN_HASH, token.hash()));
        }
        return Optional.ofNullable(session.getAuthNote(TOKEN_HASH));
    }

    /** From now on the tab is one like any other. */
    void forget() {
        session.removeAuthNote(TOKEN_HASH);
    }
}
