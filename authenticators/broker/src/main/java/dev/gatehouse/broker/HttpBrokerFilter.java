// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.lang.annotation.Annotation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.gatehouse.spi.settings.RealmAttributes;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The guard around sign-ins by other identity providers, in realms that switch it on. Whether a return is the right one is
 * for Keycloak to decide; the guard decides nothing that lets somebody in.
 */
@Provider
@Priority(HttpBrokerFilter.EARLY)
public class HttpBrokerFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** After the limits, before Keycloak's own work; on the way back before the transaction ends. */
    static final int EARLY = 101;

    /** What Keycloak says when a tab took too long to come back to another Keycloak: it is sent there again. */
    private static final String TOO_LATE = Constants.AUTHENTICATION_EXPIRED_MESSAGE;

    @Inject
    KeycloakSession session;

    Tabs tabs = Tabs.OF_THE_BROWSER;

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<BrokerPath> path = BrokerPath.of(request);
        Optional<RealmModel> realm = path.flatMap(this::guarded);
        if (realm.isPresent()) {
            // For the keys of cookies, and for pages.
            session.getContext().setRealm(realm.get());
            answer(path.get(), realm.get(), request.getUriInfo().getQueryParameters())
                    .ifPresent(request::abortWith);
        }
    }

    private Optional<RealmModel> guarded(BrokerPath path) {
        return Optional.ofNullable(session.realms().getRealmByName(path.realm()))
                .filter(realm -> RealmAttributes.isOn(realm, BrokerSettings.GUARD));
    }

    private Optional<Response> answer(BrokerPath path, RealmModel realm, MultivaluedMap<String, String> query) {
        return switch (path.step()) {
            case DEPARTURE -> departure(path, realm, query);
            case RETURN -> arrival(path, realm, query);
            case AFTER_FIRST_LOGIN -> end(realm, query, false);
            case AFTER_LOGIN -> end(realm, query, true);
        };
    }

    /** Nobody is sent to a provider that is not there, or that no longer is. */
    private Optional<Response> departure(BrokerPath path, RealmModel realm, MultivaluedMap<String, String> query) {
        return provider(path).isPresent() ? Optional.empty() : Optional.of(notThere(realm, query));
    }

    private Response notThere(RealmModel realm, MultivaluedMap<String, String> query) {
        @Nullable String client = query.getFirst(Constants.CLIENT_ID);
        if (client != null) {
            // The page has a way back to it.
            session.getContext().setClient(realm.getClientByClientId(client));
        }
        return answers(realm).page(Response.Status.NOT_FOUND, BrokerAnswers.GONE);
    }

    private Optional<IdentityProviderModel> provider(BrokerPath path) {
        return Optional.ofNullable(session.identityProviders().getByAlias(path.alias()))
                .filter(IdentityProviderModel::isEnabled);
    }

    private Optional<Response> arrival(BrokerPath path, RealmModel realm, MultivaluedMap<String, String> query) {
        if (BrokerState.isUnreadable(query, realm)) {
            return Optional.of(refused(realm));
        }
        if (tab(query, realm).filter(tab -> tab.wasSentElsewhere(path.alias())).isPresent()) {
            answers(realm).tell(path.alias(), "sent_elsewhere");
            return Optional.of(refused(realm));
        }
        @Nullable String state = query.getFirst(OAuth2Constants.STATE);
        @Nullable String error = query.getFirst(OAuth2Constants.ERROR);
        return state == null || error == null || error.isEmpty() || isTooLate(query)
                ? Optional.empty()
                : provider(path).map(provider -> answers(realm).told(provider, state, error));
    }

    private Optional<BrokerTab> tab(MultivaluedMap<String, String> query, RealmModel realm) {
        return BrokerState.of(query, realm).flatMap(state -> tab(realm, state.getClientId(), state.getTabId()));
    }

    private Optional<BrokerTab> tab(RealmModel realm, @Nullable String client, @Nullable String tab) {
        return client == null || tab == null
                ? Optional.empty()
                : tabs.find(session, realm, client, tab).map(BrokerTab::new);
    }

    private static boolean isTooLate(MultivaluedMap<String, String> query) {
        return OAuthErrorException.TEMPORARILY_UNAVAILABLE.equals(query.getFirst(OAuth2Constants.ERROR))
                && TOO_LATE.equals(query.getFirst(OAuth2Constants.ERROR_DESCRIPTION));
    }

    /** A flow whose end nobody has reached is not ended, and one that was ended is not ended again. */
    private Optional<Response> end(RealmModel realm, MultivaluedMap<String, String> query, boolean afterLogin) {
        return tab(realm, query.getFirst(Constants.CLIENT_ID), query.getFirst(Constants.TAB_ID))
                .filter(tab -> !(afterLogin ? tab.hasPassedLogin() : tab.hasPassedFirstLogin()))
                .map(tab -> refused(realm));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<BrokerPath> path = BrokerPath.of(request);
        Optional<RealmModel> realm = path.flatMap(this::guarded);
        if (realm.isEmpty()) {
            return;
        }
        @Nullable AuthenticationSessionModel tab = session.getContext().getAuthenticationSession();
        if (path.get().step() == BrokerPath.Step.DEPARTURE && response.getStatus() < 400 && tab != null) {
            new BrokerTab(tab).sentTo(path.get().alias());
        }
        if (path.get().step() == BrokerPath.Step.RETURN) {
            returned(path.get(), realm.get(), tab, response);
        }
    }

    private void returned(
            BrokerPath path,
            RealmModel realm,
            @Nullable AuthenticationSessionModel tab,
            ContainerResponseContext response) {
        if (tab != null && leadsToTheFlowAfterLogin(response)) {
            new BrokerTab(tab).beginAnew(path.alias());
        } else if (response.getStatus() == Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()
                && BrokerState.isUnreadable(
                        session.getContext().getHttpRequest().getDecodedFormParameters(), realm)) {
            // A state that is sent in a form is not known before the request is through.
            become(response, refused(realm));
        } else if (isFailure(response)) {
            become(response, failed(realm, tab));
        }
    }

    private static boolean leadsToTheFlowAfterLogin(ContainerResponseContext response) {
        @Nullable URI location = response.getLocation();
        return location != null && location.getPath().endsWith("/" + LoginActionsService.POST_BROKER_LOGIN_PATH);
    }

    /** Something between the servers went wrong, or what is said about it is for programs. */
    private static boolean isFailure(ContainerResponseContext response) {
        return response.getStatus() >= 500
                || (response.getStatus() >= 400
                        && response.getMediaType() != null
                        && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType()));
    }

    private Response failed(RealmModel realm, @Nullable AuthenticationSessionModel tab) {
        // What is rolled back takes a message for the next page along.
        return tab == null || session.getTransactionManager().getRollbackOnly() || new BrokerTab(tab).links()
                ? answers(realm).page(Response.Status.BAD_GATEWAY, BrokerAnswers.FAILED)
                : answers(realm).toLogin(tab, BrokerAnswers.FAILED);
    }

    private Response refused(RealmModel realm) {
        return answers(realm).page(Response.Status.BAD_REQUEST, Messages.INVALID_REQUEST);
    }

    private BrokerAnswers answers(RealmModel realm) {
        return new BrokerAnswers(session, realm);
    }

    private static void become(ContainerResponseContext response, Response other) {
        response.setStatusInfo(other.getStatusInfo());
        @Nullable URI location = other.getLocation();
        if (location != null) {
            response.getHeaders().putSingle(HttpHeaders.LOCATION, location);
        }
        response.setEntity(
                other.getEntity(),
                new Annotation[0],
                MediaType.TEXT_HTML_TYPE.withCharset(StandardCharsets.UTF_8.name()));
    }
}
