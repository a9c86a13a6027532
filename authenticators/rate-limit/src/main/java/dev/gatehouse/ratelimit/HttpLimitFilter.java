// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.RealmLimits;
import dev.gatehouse.spi.limit.Verdict;
import dev.gatehouse.spi.settings.RealmAttributes;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.cors.Cors;

/**
 * The safety net below the flows, in realms that switch it on: so many requests from one client address may go wrong in
 * a minute, whatever they ask for. It sees client secrets, tokens and device codes that nobody else counts.
 *
 * <p>A permit is taken before the request and given back if the answer is good, so a burst does not race past and the
 * traffic of applications costs nothing. Pages of the sign-in answer a wrong password with status 200: those are
 * counted by the steps of the flow, not here.
 */
@Provider
@Priority(HttpLimitFilter.EARLY)
public class HttpLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** Before Keycloak's own work, after its transaction has begun. */
    static final int EARLY = 100;

    private static final String ENDPOINT = "http";
    private static final String TAKEN = "gatehouse.rate-limit.http";

    /** Errors of RFC 8628 and CIBA that say that a good client asks again later. */
    private static final Set<String> NOT_YET = Set.of("authorization_pending", "slow_down");

    @Inject
    KeycloakSession session;

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<HttpRealmPath> path = HttpRealmPath.of(request).filter(it -> isGuess(request, it));
        if (path.isEmpty()) {
            return;
        }
        @Nullable RealmModel realm = session.realms().getRealmByName(path.get().realm());
        if (realm == null || !RealmAttributes.isOn(realm, RealmLimits.FILTER)) {
            return;
        }
        // For keys that a realm does not have yet, and for the page.
        session.getContext().setRealm(realm);
        Verdict verdict =
                session.getProvider(Limiter.class).acquire(realm, Attempt.at(ENDPOINT, LimitRule.HTTP_ADDRESS));
        if (verdict.goesOn()) {
            request.setProperty(TAKEN, verdict);
            return;
        }
        EventBuilder event =
                new EventBuilder(realm, session, session.getContext().getConnection());
        LimitAnswers.tell(event, verdict);
        request.abortWith(path.get().isForPeople() ? page(verdict) : document(verdict));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(TAKEN) instanceof Verdict verdict && isGood(request, response)) {
            session.getProvider(Limiter.class).giveBack(verdict);
        }
    }

    private static boolean isGuess(ContainerRequestContext request, HttpRealmPath path) {
        return request.getMethod().equals(HttpMethod.POST)
                // A device's code can be guessed by opening an address, too.
                || (path.isDeviceCode()
                        && request.getUriInfo().getQueryParameters().containsKey("user_code"));
    }

    private static boolean isGood(ContainerRequestContext request, ContainerResponseContext response) {
        if (HttpRealmPath.of(request).filter(HttpRealmPath::isDeviceCode).isPresent()) {
            // A wrong code is a page with status 200; a right one leads on.
            return response.getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION;
        }
        return response.getStatus() < 400
                || (response.getEntity() instanceof OAuth2ErrorRepresentation error
                        && NOT_YET.contains(error.getError()));
    }

    private Response page(Verdict verdict) {
        FormMessage message = LimitAnswers.message(verdict);
        return LimitAnswers.of(
                session.getProvider(LoginFormsProvider.class)
                        .setError(message.getMessage(), message.getParameters())
                        .createErrorPage(LimitAnswers.status(verdict)),
                verdict);
    }

    private Response document(Verdict verdict) {
        Response answer = LimitAnswers.of(
                Response.ok(LimitAnswers.document(verdict), MediaType.APPLICATION_JSON_TYPE)
                        .build(),
                verdict);
        // There is nothing in it that a page of any origin must not read; whose client it is, nobody knows yet.
        return session.getProvider(Cors.class)
                .allowAllOrigins()
                .exposedHeaders(HttpHeaders.RETRY_AFTER)
                .add(Response.fromResponse(answer));
    }
}
