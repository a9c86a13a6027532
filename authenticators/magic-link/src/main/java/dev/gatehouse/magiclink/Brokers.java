// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a first sign-in by a broker leads to: an account there that from then on opens the account here. */
final class Brokers {

    private Brokers() {}

    /** What people call the broker whose account {@code tab} is about to link to an existing one; empty if to none. */
    static Optional<String> linkedBy(KeycloakSession session, AuthenticationSessionModel tab) {
        if (tab.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO) == null) {
            return Optional.empty();
        }
        @Nullable
        SerializedBrokeredIdentityContext identity = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                tab, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        return Optional.ofNullable(identity)
                .map(SerializedBrokeredIdentityContext::getIdentityProviderId)
                .map(alias -> nameOf(session, alias));
    }

    private static String nameOf(KeycloakSession session, String alias) {
        @Nullable IdentityProviderModel broker = session.identityProviders().getByAlias(alias);
        String name = broker == null ? alias : KeycloakModelUtils.getIdentityProviderDisplayName(session, broker);
        // Keycloak looks for message keys in the arguments of a text, too.
        return name.replace("${", "{");
    }
}
