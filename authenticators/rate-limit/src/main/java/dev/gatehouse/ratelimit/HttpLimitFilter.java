// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Look;
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
 * <p>It looks before a request whether there is room, and counts after a bad answer: the good traffic of a busy
 * application is never counted, however much of it is under way. The price is that of a burst of guesses as many get
 * through as are under way at the same time. What the steps of a flow count is left to them.
 */
@Provider
@Priority(HttpLimitFilter.EARLY)
public class HttpLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** Before Keycloak's own work, after its transaction has begun. */
    static final int EARLY = 100;

    private static final String ENDPOINT = "http";
    private static final String LOOK = "gatehouse.rate-limit.http";
    private static final String BASIC = "Basic ";

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
        Look look = session.getProvider(Limiter.class).look(realm, Attempt.at(ENDPOINT, LimitRule.HTTP_ADDRESS));
        Verdict verdict = look.verdict();
        if (verdict.goesOn()) {
            request.setProperty(LOOK, look);
            return;
        }
        EventBuilder event =
                new EventBuilder(realm, session, session.getContext().getConnection());
        LimitAnswers.tell(event, verdict);
        request.abortWith(path.get().isForPeople() ? page(verdict) : document(verdict));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(LOOK) instanceof Look look && !isGood(request, response)) {
            look.count().run();
        }
    }

    private static boolean isGuess(ContainerRequestContext request, HttpRealmPath path) {
        if (path.isFlow()) {
            return false;
        }
        return request.getMethod().equals(HttpMethod.POST)
                || path.isClientRegistration()
                || showsClientSecret(request)
                // A device's code can be guessed by opening an address, too.
                || isDeviceCode(request, path);
    }

    private static boolean showsClientSecret(ContainerRequestContext request) {
        @Nullable String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    /** Whether the request shows a user code: in a form on a page, or in an address. */
    private static boolean isDeviceCode(ContainerRequestContext request, HttpRealmPath path) {
        return path.isDeviceCode()
                && (request.getMethod().equals(HttpMethod.POST)
                        ? !path.isDevice()
                        : request.getUriInfo().getQueryParameters().containsKey("user_code"));
    }

    private static boolean isGood(ContainerRequestContext request, ContainerResponseContext response) {
        if (HttpRealmPath.of(request)
                .filter(path -> isDeviceCode(request, path))
                .isPresent()) {
            // A wrong code is a page with status 200; a right one leads on.
            return response.getStatus() / 100 == 3;
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
