// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.PasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.ServicesLogger;
import org.keycloak.services.validation.Validation;

/**
 * The step {@code gatehouse-password-form}: Keycloak's form behind a limit.
 *
 * <p>Where a step before it has found the user, it works as Keycloak's. After {@code gatehouse-username-form} there is
 * only the name that was typed; then an account that does not exist, is disabled or locked, or has no password gets the
 * same page and the same work as a wrong password at one that has.
 */
final class LimitedPasswordForm extends PasswordForm {

    private final StepRates rates;

    LimitedPasswordForm(KeycloakSession session, StepRates rates) {
        super(session);
        this.rates = rates;
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = Guard.form(context, isConditionalPasskeysEnabled(context.getUser()));
        if (Guard.isNothingTyped(form)) {
            super.action(context);
            return;
        }
        @Nullable UserModel known = context.getUser();
        Guard.of(context, rates)
                .verify(
                        context,
                        Limit.LOGIN.attempt().naming(known == null ? typedName(context) : known.getUsername()),
                        verdict -> Guard.page(context, verdict, () -> challenge(context, null, null)),
                        () -> super.action(context));
    }

    @Override
    protected boolean validateForm(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        return context.getUser() == null ? validateByName(context, form) : super.validateForm(context, form);
    }

    private boolean validateByName(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        @Nullable String name = typedName(context);
        @Nullable String password = form.getFirst(CredentialRepresentation.PASSWORD);
        boolean guessed = password != null && !password.isEmpty();
        context.getEvent().detail(Details.USERNAME, name);
        @Nullable UserModel user;
        try {
            user = name == null
                    ? null
                    : KeycloakModelUtils.findUserByNameOrEmail(context.getSession(), context.getRealm(), name);
        } catch (ModelDuplicateException e) {
            ServicesLogger.LOGGER.modelDuplicateException(e);
            boolean mail = UserModel.EMAIL.equals(e.getDuplicateFieldName());
            return refuse(context, null, mail ? Errors.EMAIL_IN_USE : Errors.USERNAME_IN_USE, guessed);
        }
        @Nullable String obstacle = obstacle(context, user);
        if (user == null || obstacle != null) {
            return refuse(context, user, obstacle == null ? Errors.USER_NOT_FOUND : obstacle, guessed);
        }
        if (!validatePassword(context, user, form, false)) {
            return false;
        }
        context.setUser(user);
        return true;
    }

    /** Why nobody signs in to {@code user} by a password now, in the words of Keycloak's events; null if somebody may. */
    private static @Nullable String obstacle(AuthenticationFlowContext context, @Nullable UserModel user) {
        if (user == null) {
            return Errors.USER_NOT_FOUND;
        }
        @Nullable String lock = AuthenticatorUtils.getDisabledByBruteForceEventError(context, user);
        if (lock != null) {
            return lock;
        }
        if (!user.isEnabled()) {
            return Errors.USER_DISABLED;
        }
        return GuessWork.hasPassword(user) ? null : Errors.INVALID_USER_CREDENTIALS;
    }

    /** What a wrong password is answered with, and what it costs. There was nothing to guess: it is no failure. */
    private boolean refuse(AuthenticationFlowContext context, @Nullable UserModel user, String error, boolean guessed) {
        if (guessed) {
            AuthenticatorUtils.dummyHash(context);
        }
        context.getEvent().user(user).error(error);
        context.forceChallenge(challenge(context, getDefaultChallengeMessage(context), Validation.FIELD_PASSWORD));
        return false;
    }

    private static @Nullable String typedName(AuthenticationFlowContext context) {
        return context.getAuthenticationSession().getAuthNote(ATTEMPTED_USERNAME);
    }
}
