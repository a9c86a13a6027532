// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.spi.limit.Verdict;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.directgrant.ValidatePassword;

/**
 * The step {@code gatehouse-direct-grant-password}: Keycloak's step, which gives back what
 * {@code gatehouse-rate-limit} took at the start of the same request if the password was right.
 */
final class LimitedValidatePassword extends ValidatePassword {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        GuessWork.even(context, context.getUser());
        super.authenticate(context);
        @Nullable Verdict taken = RateLimitStep.taken(context.getSession());
        if (taken != null) {
            Guard.giveBackAfterSuccess(context, taken);
        }
    }
}
