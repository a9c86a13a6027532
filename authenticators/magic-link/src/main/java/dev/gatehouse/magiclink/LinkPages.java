// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.util.Optional;

import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.Redemption;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.secret.Secret;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.util.LocaleUtil;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The pages that a mailed link leads to. They never tell why a link does not work, beyond what its holder can know. */
final class LinkPages {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CookieBrowser browser;

    LinkPages(KeycloakSession session, RealmModel realm, CookieBrowser browser) {
        this.session = session;
        this.realm = realm;
        this.browser = browser;
    }

    /** Asks the person to confirm. Only the browser that asked for the link sees this. */
    Response confirm(Link link, Secret token) {
        @Nullable ClientModel client = useClient(link.clientId());
        String address = addressOf(link)
                // Of a changed address the holder of an older link must not learn anything.
                .filter(current -> Accounts.hashOf(current).equals(link.addressHash()))
                .map(MaskedAddress::of)
                .orElse("");
        LoginFormsProvider form = form(browser.tab(link.tab().tabId()))
                .setAttribute("gatehouseToken", token.reveal())
                .setAttribute(
                        "gatehouseOpenUrl", own(MagicLinkResource.OPEN).build().toString())
                .setAttribute("gatehouseAddress", address)
                .setAttribute("gatehouseCreates", link.userId() == null)
                .setAttribute(
                        "gatehouseBroker",
                        browser.tab(link.tab().tabId())
                                .flatMap(tab -> Brokers.linkedBy(session, tab))
                                .orElse(""))
                .setAttribute("gatehouseClient", client == null ? link.clientId() : ClientNames.of(client));
        return sealed(form.createForm("gatehouse-magic-link-open.ftl"));
    }

    /** Where the message went: of an account that is to be made only the tab that asked knows it. */
    private Optional<String> addressOf(Link link) {
        return link.userId() == null
                ? browser.tab(link.tab().tabId()).map(tab -> new WaitingTab(tab).address())
                : Optional.ofNullable(session.users().getUserById(realm, link.userId()))
                        .map(UserModel::getEmail);
    }

    /** Sends the browser to the page after confirming. */
    Response toConfirmed(Link link) {
        URI page = own(MagicLinkResource.CONFIRMED)
                .queryParam(Constants.CLIENT_ID, link.clientId())
                .queryParam(Constants.TAB_ID, link.tab().tabId())
                .build();
        return sealed(Response.seeOther(page).build());
    }

    /** Tells that the waiting tab goes on, with a way to go on here if that tab is lost. */
    Response confirmed(AuthenticationSessionModel tab) {
        useClient(tab.getClient().getClientId());
        LoginFormsProvider form = form(Optional.of(tab))
                .setAttribute(
                        "gatehouseContinueUrl",
                        login(
                                        flowPath(tab),
                                        tab.getClient().getClientId(),
                                        tab.getTabId(),
                                        AuthenticationProcessor.getClientData(session, tab))
                                .toString());
        return sealed(form.createForm("gatehouse-magic-link-confirmed.ftl"));
    }

    /** Sends the browser to Keycloak's own login. */
    Response toLogin(URI login) {
        return sealed(Response.seeOther(login).build());
    }

    /** Tells that somebody else is signed in here, and where to sign out. */
    Response signedInAsAnother(ClientModel client) {
        session.getContext().setClient(client);
        URI signOut = OIDCLoginProtocolService.logoutUrl(
                        UriBuilder.fromUri(session.getContext().getUri().getBaseUri()))
                .build(realm.getName());
        return sealed(form(Optional.empty())
                .setAttribute("gatehouseRefusal", "other-user")
                .setAttribute("gatehouseSignOutUrl", signOut.toString())
                .setStatus(Response.Status.CONFLICT)
                .createForm("gatehouse-magic-link-refused.ftl"));
    }

    /** Tells that the link does not work here, or not any more. */
    Response refused(Redemption redemption) {
        Optional<Link> link = Optional.ofNullable(redemption.link());
        link.ifPresent(known -> useClient(known.clientId()));
        boolean otherBrowser = redemption.refusal() == Refusal.OTHER_BROWSER;
        boolean signedIn = !otherBrowser && isSignedIn();
        boolean timedOut = redemption.refusal() == Refusal.EXPIRED || redemption.refusal() == Refusal.TAB_GONE;
        LoginFormsProvider form = form(Optional.empty())
                .setAttribute(
                        "gatehouseRefusal",
                        otherBrowser ? "other-browser" : signedIn ? "signed-in" : timedOut ? "timed-out" : "invalid");
        if (!signedIn && !otherBrowser) {
            // Only the browser that asked can go on with its login, and what its app sent along is not for others.
            link.ifPresent(known -> form.setAttribute(
                    "gatehouseRestartUrl",
                    login(
                                    LoginActionsService.AUTHENTICATE_PATH,
                                    known.clientId(),
                                    known.tab().tabId(),
                                    known.clientData())
                            .toString()));
        }
        return sealed(form.setStatus(signedIn ? Response.Status.OK : Response.Status.BAD_REQUEST)
                .createForm("gatehouse-magic-link-refused.ftl"));
    }

    private LoginFormsProvider form(Optional<AuthenticationSessionModel> tab) {
        if (isLanguage(
                session.getContext().getUri().getQueryParameters().getFirst(LocaleSelectorProvider.KC_LOCALE_PARAM))) {
            LocaleUtil.processLocaleParam(session, realm, tab.orElse(null));
        }
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class);
        tab.ifPresentOrElse(
                known -> {
                    session.getContext().setAuthenticationSession(known);
                    form.setAuthenticationSession(known);
                },
                form::setDetachedAuthSession);
        return form;
    }

    /** Keycloak puts the language into a cookie as it is; what is no language tag is not for it. */
    private static boolean isLanguage(@Nullable String tag) {
        return tag != null && tag.matches("[A-Za-z0-9-]{1,35}");
    }

    private @Nullable ClientModel useClient(String clientId) {
        @Nullable ClientModel client = realm.getClientByClientId(clientId);
        if (client != null) {
            session.getContext().setClient(client);
        }
        return client;
    }

    private boolean isSignedIn() {
        return AuthenticationManager.authenticateIdentityCookie(session, realm, true) != null;
    }

    /** The login of a tab: Keycloak goes on with it, starts it again, or tells the client that it is over. */
    private URI login(String flowPath, String clientId, String tabId, String clientData) {
        return LoginActionsService.loginActionsBaseUrl(session.getContext().getUri())
                .path(flowPath)
                .queryParam(Constants.CLIENT_ID, clientId)
                .queryParam(Constants.TAB_ID, tabId)
                .queryParam(Constants.CLIENT_DATA, clientData)
                .build(realm.getName());
    }

    /** Which of Keycloak's flows the tab is in: a first login by a broker has a path of its own. */
    private static String flowPath(AuthenticationSessionModel tab) {
        return Optional.ofNullable(tab.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH))
                .orElse(LoginActionsService.AUTHENTICATE_PATH);
    }

    private UriBuilder own(String path) {
        return MagicLinkResource.address(session.getContext().getUri().getBaseUri(), realm, path);
    }

    /** The address of a link page holds a token: no cache keeps it, no other site gets it as a referrer. */
    private static Response sealed(Response response) {
        return Response.fromResponse(response)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
