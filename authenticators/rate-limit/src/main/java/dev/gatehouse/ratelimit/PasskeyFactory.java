// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-passkey} for the admin console's flow editor. */
public final class PasskeyFactory extends StepFactory<Authenticator> implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-passkey";

    public PasskeyFactory() {
        super(
                PROVIDER_ID,
                "Passkey",
                "Keycloak's step for passkeys, which takes no name and so tells nobody who has an account.",
                new WebAuthnPasswordlessAuthenticatorFactory());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new Passkey(session);
    }
}
