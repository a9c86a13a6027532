// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.models.KeycloakSession;

/** The form part {@code gatehouse-registration-rate-limit} for the admin console's flow editor. */
public final class RegistrationRateLimitFactory extends StepFactory<FormAction> implements FormActionFactory {

    public static final String PROVIDER_ID = "gatehouse-registration-rate-limit";

    public RegistrationRateLimitFactory() {
        super(
                PROVIDER_ID,
                "Registration Rate Limit",
                "A limit on registration forms that are sent. Has to be the first part of the form.",
                null);
    }

    @Override
    public FormAction create(KeycloakSession session) {
        return new RegistrationRateLimit(rates());
    }
}
