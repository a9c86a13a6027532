// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.directgrant.ValidatePassword;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-direct-grant-password} for the admin console's flow editor. */
public final class LimitedValidatePasswordFactory extends StepFactory<Authenticator> implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-direct-grant-password";

    public LimitedValidatePasswordFactory() {
        super(
                PROVIDER_ID,
                "Password",
                "Keycloak's step of a direct grant. A right password gives back what gatehouse-rate-limit took at the start.",
                new ValidatePassword());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new LimitedValidatePassword();
    }
}
