// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.PasswordFormFactory;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-password-form} for the admin console's flow editor. */
public final class LimitedPasswordFormFactory extends StepFactory<Authenticator> implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-password-form";

    public LimitedPasswordFormFactory() {
        super(
                PROVIDER_ID,
                "Password Form",
                "Keycloak's form for a password, behind a limit on tries. After gatehouse-username-form it answers for names "
                        + "without an account as for a wrong password.",
                new PasswordFormFactory());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new LimitedPasswordForm(session, rates());
    }
}
