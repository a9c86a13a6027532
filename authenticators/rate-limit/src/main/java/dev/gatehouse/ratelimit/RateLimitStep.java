// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The step {@code gatehouse-rate-limit}: goes on while there is room. For places that are reached once for each try: the
 * start of a direct grant, or right before something is sent.
 */
final class RateLimitStep implements Authenticator {

    /** How Keycloak calls the flow of a request for a token. */
    private static final String DIRECT_GRANT = "token";

    private static final String TAKEN = "gatehouse.rate-limit.verdict";

    private final StepRates rates;

    RateLimitStep(StepRates rates) {
        this.rates = rates;
    }

    /** What the step took in this request, for whoever verifies the password; the next call gets nothing. */
    static @Nullable Verdict taken(KeycloakSession session) {
        return session.removeAttribute(TAKEN) instanceof Verdict verdict ? verdict : null;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        boolean program = DIRECT_GRANT.equals(context.getFlowPath());
        Limit limit = rates.of(context.getRealm(), context.getExecution()).get(StepRates.LIMIT);
        Attempt attempt = program && limit == Limit.LOGIN ? limit.at(DIRECT_GRANT) : limit.attempt();
        Verdict verdict = Guard.of(context, rates).ask(attempt.naming(name(context, program)));
        if (!verdict.goesOn()) {
            Guard.refuse(context, verdict, program ? document(context, verdict) : page(context, verdict));
            return;
        }
        if (program && limit == Limit.LOGIN) {
            context.getSession().setAttribute(TAKEN, verdict);
        }
        context.success();
    }

    /** Somebody posts to the page of a refusal: that is another try. */
    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    private static @Nullable String name(AuthenticationFlowContext context, boolean program) {
        if (program) {
            return context.getHttpRequest().getDecodedFormParameters().getFirst(AuthenticationManager.FORM_USERNAME);
        }
        @Nullable UserModel user = context.getUser();
        return user == null
                ? context.getAuthenticationSession().getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME)
                : user.getUsername();
    }

    private static Response page(AuthenticationFlowContext context, Verdict verdict) {
        return Guard.explain(context.form(), verdict).createErrorPage(LimitAnswers.status(verdict));
    }

    private static Response document(AuthenticationFlowContext context, Verdict verdict) {
        // Keycloak adds the headers for the client's origins to every answer here; an app in a browser reads this one,
        // too.
        context.getSession().getProvider(Cors.class).exposedHeaders(HttpHeaders.RETRY_AFTER);
        return Response.ok(LimitAnswers.document(verdict), MediaType.APPLICATION_JSON_TYPE)
                .build();
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
