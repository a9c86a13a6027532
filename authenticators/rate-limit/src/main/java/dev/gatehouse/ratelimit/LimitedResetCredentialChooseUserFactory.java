// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialChooseUser;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-reset-choose-user} for the admin console's flow editor. */
public final class LimitedResetCredentialChooseUserFactory extends StepFactory<Authenticator>
        implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-reset-choose-user";

    public LimitedResetCredentialChooseUserFactory() {
        super(
                PROVIDER_ID,
                "Choose User",
                "Keycloak's form for a forgotten password, behind a limit on requests.",
                new ResetCredentialChooseUser());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new LimitedResetCredentialChooseUser(rates());
    }
}
