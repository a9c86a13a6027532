// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/** The step {@code gatehouse-username-password-form}: Keycloak's form behind a limit. */
final class LimitedUsernamePasswordForm extends UsernamePasswordForm {

    private final StepRates rates;

    LimitedUsernamePasswordForm(KeycloakSession session, StepRates rates) {
        super(session);
        this.rates = rates;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = Guard.form(context, isConditionalPasskeysEnabled(context.getUser()));
        if (Guard.isNothingTyped(form)) {
            super.action(context);
            return;
        }
        Guard.of(context, rates)
                .verify(
                        context,
                        Limit.LOGIN.attempt().naming(name(context, form)),
                        verdict -> Guard.page(context, verdict, () -> challenge(context, null, null)),
                        () -> super.action(context));
    }

    @Override
    public boolean validatePassword(
            AuthenticationFlowContext context, UserModel user, MultivaluedMap<String, String> form, boolean clearUser) {
        GuessWork.even(context, user);
        return super.validatePassword(context, user, form, clearUser);
    }

    private @Nullable String name(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        @Nullable UserModel known = isUserAlreadySetBeforeUsernamePasswordAuth(context) ? context.getUser() : null;
        return known == null ? form.getFirst(AuthenticationManager.FORM_USERNAME) : known.getUsername();
    }
}
