// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;

import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormAuthenticationFlow;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.authentication.forms.RegistrationPage;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The part {@code gatehouse-registration-rate-limit} of a registration form. It has to be the first: what stands before
 * it has looked at the form already.
 */
final class RegistrationRateLimit implements FormAction {

    private final StepRates rates;

    RegistrationRateLimit(StepRates rates) {
        this.rates = rates;
    }

    /**
     * Keycloak asks every part of a form, whatever the first one says, and shows what all of them have found. Only an
     * answer that is thrown keeps the others from telling that a name is taken.
     */
    @Override
    public void validate(ValidationContext context) {
        Verdict verdict = Guard.of(context, rates).ask(Limit.REGISTRATION.attempt());
        if (!verdict.goesOn()) {
            throw new WebApplicationException(LimitAnswers.of(page(context, verdict), verdict));
        }
        context.success();
    }

    /** The same form with what was typed, made as Keycloak makes it after a mistake. */
    private static Response page(ValidationContext context, Verdict verdict) {
        MultivaluedMap<String, String> typed =
                new MultivaluedHashMap<>(context.getHttpRequest().getDecodedFormParameters());
        typed.remove(RegistrationPage.FIELD_PASSWORD);
        typed.remove(RegistrationPage.FIELD_PASSWORD_CONFIRM);
        AuthenticationProcessor processor = new AuthenticationProcessor()
                .setAuthenticationSession(context.getAuthenticationSession())
                .setConnection(context.getConnection())
                .setEventBuilder(context.getEvent())
                .setRealm(context.getRealm())
                .setSession(context.getSession())
                .setUriInfo(context.getUriInfo())
                .setRequest(context.getHttpRequest());
        return new FormAuthenticationFlow(
                        processor,
                        context.getRealm()
                                .getAuthenticationExecutionByFlowId(
                                        context.getExecution().getParentFlow()))
                .renderForm(typed, List.of(LimitAnswers.message(verdict)));
    }

    @Override
    public void buildPage(FormContext context, LoginFormsProvider form) {
        // The form looks as it does without a limit.
    }

    @Override
    public void success(FormContext context) {
        // A registration gives nothing back: whoever registers has proved nothing.
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing has to be set up.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
