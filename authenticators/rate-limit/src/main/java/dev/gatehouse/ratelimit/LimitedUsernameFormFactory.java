// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.UsernameFormFactory;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-username-form} for the admin console's flow editor. */
public final class LimitedUsernameFormFactory extends StepFactory<Authenticator> implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-username-form";

    public LimitedUsernameFormFactory() {
        super(
                PROVIDER_ID,
                "Username Form",
                "Asks for a name and goes on with whatever is typed: only a later step finds out whether there is such an account. "
                        + "That has to be one of Gatehouse, such as gatehouse-password-form or gatehouse-magic-link.",
                new UsernameFormFactory());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new LimitedUsernameForm(session, rates());
    }

    /** None: whoever has typed a name has proved nothing. */
    @Override
    public @Nullable String getReferenceCategory() {
        return null;
    }
}
