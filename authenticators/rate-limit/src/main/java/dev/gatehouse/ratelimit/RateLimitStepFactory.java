// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** The step {@code gatehouse-rate-limit} for the admin console's flow editor. */
public final class RateLimitStepFactory extends StepFactory<Authenticator> implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gatehouse-rate-limit";

    public RateLimitStepFactory() {
        super(
                PROVIDER_ID,
                "Rate Limit",
                "Goes on while there is room. For places that are reached once for each try: first in a direct grant, or right "
                        + "before something is sent. Before a form it does not see what is posted there: take the limited forms.",
                null);
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new RateLimitStep(rates());
    }
}
