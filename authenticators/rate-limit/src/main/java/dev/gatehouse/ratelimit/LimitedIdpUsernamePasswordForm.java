// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.Optional;

import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.IdpUsernamePasswordForm;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The step {@code gatehouse-idp-username-password-form}: Keycloak's form behind a limit, for whoever comes from another
 * identity provider and already has an account. Tries count at that account, whatever name is typed.
 */
final class LimitedIdpUsernamePasswordForm extends IdpUsernamePasswordForm {

    private final StepRates rates;

    LimitedIdpUsernamePasswordForm(KeycloakSession session, StepRates rates) {
        super(session);
        this.rates = rates;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Optional<UserModel> existing = existing(context);
        MultivaluedMap<String, String> form = Guard.form(context, isConditionalPasskeysEnabled(existing.orElse(null)));
        if (Guard.isNothingTyped(form)) {
            // A passkey has to be the one of that account, not of any.
            existing.ifPresent(context::setUser);
            super.action(context);
            return;
        }
        String name = existing.map(UserModel::getUsername)
                .orElseGet(() -> form.getFirst(AuthenticationManager.FORM_USERNAME));
        Guard.of(context, rates)
                .verify(
                        context,
                        Limit.LOGIN.attempt().naming(name),
                        verdict -> page(context, verdict, form),
                        () -> super.action(context));
    }

    private Response page(AuthenticationFlowContext context, Verdict verdict, MultivaluedMap<String, String> form) {
        MultivaluedMap<String, String> typed = new MultivaluedHashMap<>(form);
        return createLoginForm(Guard.explain(setupForm(context, typed, existing(context)), verdict));
    }

    private static Optional<UserModel> existing(AuthenticationFlowContext context) {
        try {
            return Optional.of(AbstractIdpAuthenticator.getExistingUser(
                    context.getSession(), context.getRealm(), context.getAuthenticationSession()));
        } catch (AuthenticationFlowException e) {
            // None was found before, or it is gone or disabled since.
            return Optional.empty();
        }
    }
}
