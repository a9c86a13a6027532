// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.IdpUsernamePasswordFormFactory;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-idp-username-password-form} for the admin console's flow editor. */
public final class LimitedIdpUsernamePasswordFormFactory extends StepFactory<Authenticator>
        implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-idp-username-password-form";

    public LimitedIdpUsernamePasswordFormFactory() {
        super(
                PROVIDER_ID,
                "Username Password Form for identity provider reauthentication",
                "Keycloak's form for whoever comes from another identity provider and has an account, behind a limit on tries.",
                new IdpUsernamePasswordFormFactory());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new LimitedIdpUsernamePasswordForm(session, rates());
    }
}
