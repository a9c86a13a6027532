// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.representations.idm.CredentialRepresentation;

/** What a guess costs. Keycloak spends the work of a hash on names that do not exist; the time must tell of no others. */
final class GuessWork {

    private GuessWork() {}

    /** Spends it where Keycloak is about to refuse without: at an account that is locked, or that has no password. */
    static void even(AuthenticationFlowContext context, UserModel user) {
        @Nullable
        String password =
                context.getHttpRequest().getDecodedFormParameters().getFirst(CredentialRepresentation.PASSWORD);
        boolean compared = password != null
                && !password.isEmpty()
                && AuthenticatorUtils.getDisabledByBruteForceEventError(context, user) == null
                && hasPassword(user);
        if (!compared) {
            AuthenticatorUtils.dummyHash(context);
        }
    }

    static boolean hasPassword(UserModel user) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
    }
}
