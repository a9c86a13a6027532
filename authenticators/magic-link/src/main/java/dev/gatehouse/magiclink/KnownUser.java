// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.UserModel;

/** The account that an earlier step of the flow has found, or that signs in again. */
final class KnownUser {

    private KnownUser() {}

    /**
     * How pages call it: as the person typed it, else by its username. Not by its address: a stranger may have typed
     * the name, and would learn where the owner gets mail.
     */
    static String nameOf(AuthenticationFlowContext context, UserModel user) {
        return Optional.ofNullable(context.getAuthenticationSession()
                        .getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME))
                .orElseGet(user::getUsername);
    }
}
