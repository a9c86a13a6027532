// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;

/** The limited forms and steps with their options. */
public final class StepDeclarations implements Declarations {

    /** The options of each kind of step, in the order in which the console and the documents list them. */
    static final Map<String, List<Setting<?>>> STEPS = Map.of(
            LimitedIdpUsernamePasswordFormFactory.PROVIDER_ID, List.of(StepRates.ADDRESS, StepRates.NAME),
            LimitedPasswordFormFactory.PROVIDER_ID, List.of(StepRates.ADDRESS, StepRates.NAME),
            LimitedResetCredentialChooseUserFactory.PROVIDER_ID, List.of(StepRates.ADDRESS),
            LimitedUsernameFormFactory.PROVIDER_ID, List.of(StepRates.ADDRESS),
            LimitedUsernamePasswordFormFactory.PROVIDER_ID, List.of(StepRates.ADDRESS, StepRates.NAME),
            LimitedValidatePasswordFactory.PROVIDER_ID, List.of(),
            PasskeyFactory.PROVIDER_ID, List.of(),
            RateLimitStepFactory.PROVIDER_ID, List.of(StepRates.LIMIT, StepRates.ADDRESS, StepRates.NAME),
            RegistrationRateLimitFactory.PROVIDER_ID, List.of(StepRates.ADDRESS));

    @Override
    public List<Setting<?>> realmSettings() {
        return List.of();
    }

    @Override
    public Map<String, List<Setting<?>>> providerSettings() {
        return STEPS;
    }
}
