// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.limit.RealmLimits;
import dev.gatehouse.spi.settings.RealmAttributes;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.util.IdentityBrokerState;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.messages.Messages;

/**
 * Answers a return from another identity provider whose state is no state at all: 400, a page for people. It decides
 * nothing about a state that can be read; that is for Keycloak.
 */
@Provider
@Priority(HttpLimitFilter.EARLY + 1)
public class HttpBrokerStateFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** OpenID Connect and OAuth 1.0a and 2.0 send the first, SAML 2.0 the second. */
    private static final List<String> PARAMETERS = List.of("state", "RelayState");

    @Inject
    KeycloakSession session;

    @Override
    public void filter(ContainerRequestContext request) {
        realm(request)
                .filter(realm -> isUnreadable(request.getUriInfo().getQueryParameters(), realm))
                .ifPresent(realm -> request.abortWith(page(realm)));
    }

    /** A state that is sent in a form is not known before the request is through. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            return;
        }
        realm(request)
                .filter(realm ->
                        isUnreadable(session.getContext().getHttpRequest().getDecodedFormParameters(), realm))
                .map(this::page)
                .ifPresent(page -> {
                    response.setStatusInfo(page.getStatusInfo());
                    response.setEntity(
                            page.getEntity(),
                            new java.lang.annotation.Annotation[0],
                            MediaType.TEXT_HTML_TYPE.withCharset(StandardCharsets.UTF_8.name()));
                });
    }

    /** The realm, if it has switched the filters on and the request is a return from another identity provider. */
    private Optional<RealmModel> realm(ContainerRequestContext request) {
        return HttpRealmPath.of(request)
                .filter(HttpRealmPath::isBrokerEndpoint)
                .map(path -> session.realms().getRealmByName(path.realm()))
                .filter(realm -> RealmAttributes.isOn(realm, RealmLimits.FILTER));
    }

    private static boolean isUnreadable(MultivaluedMap<String, String> parameters, RealmModel realm) {
        return PARAMETERS.stream().map(parameters::getFirst).anyMatch(state -> isUnreadable(state, realm));
    }

    private static boolean isUnreadable(@Nullable String state, RealmModel realm) {
        if (state == null) {
            return false;
        }
        try {
            IdentityBrokerState.encoded(state, realm);
            return false;
        } catch (IllegalArgumentException e) {
            // Its third part is not Base64url.
            return true;
        }
    }

    private Response page(RealmModel realm) {
        session.getContext().setRealm(realm);
        return session.getProvider(LoginFormsProvider.class)
                .setError(Messages.INVALID_REQUEST)
                .createErrorPage(Response.Status.BAD_REQUEST);
    }
}
