// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.managers.AuthenticationManager;

/** Asks the limiter for one request to a step, before the step does anything. */
final class Guard {

    private static final List<String> TYPED =
            List.of(AuthenticationManager.FORM_USERNAME, CredentialRepresentation.PASSWORD);
    private static final List<String> BINARY = List.of(
            WebAuthnConstants.AUTHENTICATOR_DATA,
            WebAuthnConstants.CLIENT_DATA_JSON,
            WebAuthnConstants.CREDENTIAL_ID,
            WebAuthnConstants.SIGNATURE,
            WebAuthnConstants.USER_HANDLE);

    private final Limiter limiter;
    private final RealmModel realm;
    private final AuthenticationExecutionModel execution;
    private final EventBuilder event;
    private final StepRates rates;

    private Guard(
            Limiter limiter,
            RealmModel realm,
            AuthenticationExecutionModel execution,
            EventBuilder event,
            StepRates rates) {
        this.limiter = limiter;
        this.realm = realm;
        this.execution = execution;
        this.event = event;
        this.rates = rates;
    }

    static Guard of(AuthenticationFlowContext context, StepRates rates) {
        return new Guard(
                context.getSession().getProvider(Limiter.class),
                context.getRealm(),
                context.getExecution(),
                context.getEvent(),
                rates);
    }

    static Guard of(FormContext context, StepRates rates) {
        return new Guard(
                context.getSession().getProvider(Limiter.class),
                context.getRealm(),
                context.getExecution(),
                context.getEvent(),
                rates);
    }

    /**
     * What was sent, as one thing. Keycloak's forms take whatever has a passkey's answer in it for that answer, before they
     * look at anything typed; so what is no answer, or comes with something typed, or of somebody without a passkey,
     * loses it, and is counted as typed.
     *
     * @param passkeys whether whoever is in front of the form may answer by a passkey
     */
    static MultivaluedMap<String, String> form(AuthenticationFlowContext context, boolean passkeys) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (isAnswerOfPasskey(form) && !(passkeys && isOnlyAnswerOfPasskey(form))) {
            form.remove(WebAuthnConstants.AUTHENTICATOR_DATA);
            form.remove(WebAuthnConstants.ERROR);
        }
        return form;
    }

    private static boolean isAnswerOfPasskey(MultivaluedMap<String, String> form) {
        return form.containsKey(WebAuthnConstants.AUTHENTICATOR_DATA) || form.containsKey(WebAuthnConstants.ERROR);
    }

    private static boolean isOnlyAnswerOfPasskey(MultivaluedMap<String, String> form) {
        return TYPED.stream().map(form::getFirst).allMatch(value -> value == null || value.isBlank())
                && BINARY.stream().map(form::getFirst).allMatch(value -> value == null || isBase64Url(value));
    }

    private static boolean isBase64Url(String text) {
        try {
            var unused = Base64.getUrlDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Whether a form, as {@link #form} made it, is answered without a look at anything typed: whoever turns back, and the
     * answer of a passkey, which cannot be guessed.
     */
    static boolean isNothingTyped(MultivaluedMap<String, String> form) {
        return form.containsKey("cancel") || isAnswerOfPasskey(form);
    }

    /** The page that {@code form} makes of one of Keycloak's forms for names and passwords, with why on it. */
    static Response page(AuthenticationFlowContext context, Verdict verdict, Supplier<Response> form) {
        // Keycloak has one page for each request: what is set on it stays set when it is asked for again.
        AuthenticatorUtils.setupReauthenticationInUsernamePasswordFormError(context);
        explain(context.form(), verdict);
        return form.get();
    }

    /** Writes why onto a page, about no field of it. */
    static LoginFormsProvider explain(LoginFormsProvider form, Verdict verdict) {
        FormMessage message = LimitAnswers.message(verdict);
        return form.setError(message.getMessage(), message.getParameters());
    }

    /** Counts {@code attempt}, and tells the operator if it does not go on. */
    Verdict ask(Attempt attempt) {
        Verdict verdict = limiter.acquire(realm, rates.apply(realm, execution, attempt));
        if (!verdict.goesOn()) {
            LimitAnswers.tell(event.clone().detail(Details.USERNAME, attempt.name()), verdict);
        }
        return verdict;
    }

    /**
     * Lets {@code action} verify a password if {@code attempt} goes on, and gives the permit back for one that was right.
     * Otherwise the answer is {@code page}.
     */
    void verify(AuthenticationFlowContext context, Attempt attempt, Function<Verdict, Response> page, Runnable action) {
        Verdict verdict = ask(attempt);
        if (verdict.goesOn()) {
            action.run();
            giveBackAfterSuccess(context, verdict);
        } else {
            refuse(context, verdict, page.apply(verdict));
        }
    }

    /** Only for a step that verifies a secret: for all others a success says nothing about who asks. */
    static void giveBackAfterSuccess(AuthenticationFlowContext context, Verdict verdict) {
        if (context.getStatus() == FlowStatus.SUCCESS) {
            context.getSession().getProvider(Limiter.class).giveBack(verdict);
        }
    }

    /** A challenge, not a failure: failures feed the lockout of the account. */
    static void refuse(AuthenticationFlowContext context, Verdict verdict, Response page) {
        context.forceChallenge(LimitAnswers.of(page, verdict));
    }
}
