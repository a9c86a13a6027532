// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.Set;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a person sees, and the operator reads, when something goes wrong on the way to another identity provider. */
record BrokerAnswers(KeycloakSession session, RealmModel realm) {

    /** Message: something went wrong there, or between the servers. */
    static final String FAILED = "gatehouseBrokerFailed";

    /** Message: the person, or the provider, did not want to. */
    static final String DENIED = "gatehouseBrokerDenied";

    /** Message: there is no such provider here, or there is none any more. */
    static final String GONE = "gatehouseBrokerGone";

    /** Message: the provider says that it cannot sign anybody in now. */
    static final String UNAVAILABLE = "gatehouseBrokerUnavailable";

    private static final Set<String> FOR_NOW =
            Set.of(OAuthErrorException.TEMPORARILY_UNAVAILABLE, OAuthErrorException.SERVER_ERROR);

    private static final Set<String> ASKS_NOBODY =
            Set.of(OAuthErrorException.LOGIN_REQUIRED, OAuthErrorException.INTERACTION_REQUIRED);

    /** A page in words. */
    Response page(Response.Status status, String message) {
        return session.getProvider(LoginFormsProvider.class).setError(message).createErrorPage(status);
    }

    /** Notes in the audit log why somebody does not come through. */
    void tell(String alias, String reason) {
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.IDENTITY_PROVIDER_LOGIN)
                .detail(Details.IDENTITY_PROVIDER, alias)
                .detail("gatehouse_reason", reason)
                .error(Errors.IDENTITY_PROVIDER_LOGIN_FAILURE);
    }

    /**
     * Takes the place of Keycloak's own treatment of an error that a provider sends somebody back with: what the provider
     * says beside its code (RFC 6749, section 4.1.2.1) is neither shown nor logged, and an application hears of it only if
     * it wants nobody to be asked.
     */
    Response told(IdentityProviderModel provider, String state, String error) {
        IdentityBrokerService broker = new IdentityBrokerService(session);
        broker.init();
        try {
            AuthenticationSessionModel tab = broker.getAndVerifyAuthenticationSession(state);
            session.getContext().setAuthenticationSession(tab);
            tell(provider.getAlias(), known(error));
            // Whoever links an account goes back to where that began.
            return new BrokerTab(tab).links() && error.equals(OAuthErrorException.ACCESS_DENIED)
                    ? broker.cancelled(provider)
                    : broker.error(provider, message(tab, error));
        } catch (WebApplicationException e) {
            return e.getResponse();
        }
    }

    private static String message(AuthenticationSessionModel tab, String error) {
        if (ASKS_NOBODY.contains(error)
                && Boolean.parseBoolean(tab.getAuthNote(AuthenticationProcessor.FORWARDED_PASSIVE_LOGIN))) {
            return error;
        }
        if (error.equals(OAuthErrorException.ACCESS_DENIED)) {
            return DENIED;
        }
        return FOR_NOW.contains(error) ? UNAVAILABLE : FAILED;
    }

    /** The codes that RFC 6749 and OpenID Connect know; a provider can send any text. */
    private static String known(String error) {
        return error.matches("[a-z_]{1,40}") ? error : "other";
    }

    /** Back to the page where this tab began, which says what happened. */
    Response toLogin(AuthenticationSessionModel tab, String message) {
        tab.setAuthNote(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE, message);
        return Response.status(Response.Status.FOUND)
                .location(LoginActionsService.loginActionsBaseUrl(
                                session.getContext().getUri())
                        .path(LoginActionsService.AUTHENTICATE_PATH)
                        .queryParam(Constants.CLIENT_ID, tab.getClient().getClientId())
                        .queryParam(Constants.TAB_ID, tab.getTabId())
                        .queryParam(Constants.CLIENT_DATA, AuthenticationProcessor.getClientData(session, tab))
                        .build(realm.getName()))
                .build();
    }
}
