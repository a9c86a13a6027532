// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.UsernameForm;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The step {@code gatehouse-username-form}: asks for a name and goes on with whatever was typed. It looks no account up
 * and sets no user, so nobody can learn from it which names there are; the next step has to do the same.
 *
 * <p>Where the flow knows the user already, it works as Keycloak's own form.
 */
final class LimitedUsernameForm extends UsernamePasswordForm {

    private static final String ENDPOINT = "identify";

    private final UsernameForm original;
    private final StepRates rates;

    LimitedUsernameForm(KeycloakSession session, StepRates rates) {
        super(session);
        this.original = new UsernameForm(session);
        this.rates = rates;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        original.authenticate(context);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = Guard.form(context, isConditionalPasskeysEnabled(context.getUser()));
        if (Guard.isNothingTyped(form)) {
            super.action(context);
            return;
        }
        @Nullable UserModel known = isUserAlreadySetBeforeUsernamePasswordAuth(context) ? context.getUser() : null;
        @Nullable String typed = form.getFirst(AuthenticationManager.FORM_USERNAME);
        // The budget of a name is for its passwords. It is named for the browsers that are known to be its owner's.
        Attempt attempt =
                Attempt.at(ENDPOINT, LimitRule.LOGIN_ADDRESS).naming(known == null ? typed : known.getUsername());
        Verdict verdict = Guard.of(context, rates).ask(attempt);
        if (!verdict.goesOn()) {
            Guard.refuse(context, verdict, Guard.page(context, verdict, () -> challenge(context, null, null)));
        } else if (known != null) {
            original.action(context);
        } else if (typed == null || typed.isBlank()) {
            context.getEvent().error(Errors.USER_NOT_FOUND);
            context.failureChallenge(
                    AuthenticationFlowError.INVALID_USER,
                    challenge(context, getDefaultChallengeMessage(context), Validation.FIELD_USERNAME));
        } else {
            goOn(context, typed.trim(), form);
        }
    }

    private static void goOn(AuthenticationFlowContext context, String name, MultivaluedMap<String, String> form) {
        AuthenticationSessionModel tab = context.getAuthenticationSession();
        tab.setAuthNote(ATTEMPTED_USERNAME, name);
        // With this note Keycloak's pages show the name, and a way to start again, without a user.
        tab.setAuthNote(USERNAME_HIDDEN, "true");
        context.getEvent().detail(Details.USERNAME, name);
        AuthenticatorUtils.processRememberMe(context, form);
        context.success();
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        return form.createLoginUsername();
    }

    @Override
    protected String getDefaultChallengeMessage(AuthenticationFlowContext context) {
        return context.getRealm().isLoginWithEmailAllowed()
                ? Messages.INVALID_USERNAME_OR_EMAIL
                : Messages.INVALID_USERNAME;
    }
}
