// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-username-password-form} for the admin console's flow editor. */
public final class LimitedUsernamePasswordFormFactory extends StepFactory<Authenticator>
        implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-username-password-form";

    public LimitedUsernamePasswordFormFactory() {
        super(
                PROVIDER_ID,
                "Username Password Form",
                "Keycloak's form for a name and a password, behind a limit on tries.",
                new UsernamePasswordFormFactory());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new LimitedUsernamePasswordForm(session, rates());
    }
}
