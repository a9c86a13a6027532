// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The step {@code gatehouse-passkey}: Keycloak's step for passkeys, for which no name is typed. Only the passkey says whose
 * it is, so nobody learns by a name who has an account. A passkey cannot be guessed: nothing is counted.
 */
final class Passkey extends WebAuthnPasswordlessAuthenticator {

    Passkey(KeycloakSession session) {
        super(session);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(AuthenticationManager.FORM_USERNAME)) {
            form.remove(AuthenticationManager.FORM_USERNAME);
        }
        // What cannot be read is taken out; then Keycloak's step says that something is missing.
        var unused = Guard.form(context, true);
        super.action(context);
    }
}
