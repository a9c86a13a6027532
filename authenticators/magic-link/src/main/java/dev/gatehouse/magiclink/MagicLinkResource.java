// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.core.link.MintedRedemption;
import dev.gatehouse.core.link.Redemption;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.settings.ToldProblems;
import dev.gatehouse.spi.time.ServerClock;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Where a mailed link leads, what the waiting page asks, and where backends have links made.
 *
 * <p>No GET changes anything, whoever sends it: mail scanners open links, and some run their scripts. Only a POST that
 * carries the cookie of the browser that asked approves, and only the tab that asked goes on.
 */
public final class MagicLinkResource {

    static final String OPEN = "open";
    static final String START = "start";
    static final String CONFIRMED = "confirmed";
    static final String STATUS = "status";
    static final String TOKEN_PARAM = "t";

    /** A tab polls every two seconds; one without scripts has this long until somebody presses its button. */
    private static final Duration APPROVAL = Duration.ofMinutes(10);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MagicLinks links;
    private final CookieBrowser browser;
    private final LinkPages pages;
    private final LinkSender sender;
    private final ToldProblems told;

    MagicLinkResource(KeycloakSession session, LinkSender sender, ToldProblems told) {
        this.session = session;
        this.sender = sender;
        this.told = told;
        this.realm = session.getContext().getRealm();
        if (!isSwitchedOn(realm)) {
            // A realm whose flows have no such step has no such addresses either.
            throw new NotFoundException();
        }
        if (realm.getSslRequired().isRequired(session.getContext().getConnection())
                && !"https".equals(session.getContext().getUri().getBaseUri().getScheme())) {
            throw new ForbiddenException("HTTPS required");
        }
        this.links = LinkStores.of(session);
        this.browser = CookieBrowser.of(session, realm);
        this.pages = new LinkPages(session, realm, browser);
    }

    /** The page behind a mailed link: asks for confirmation in the right browser, and explains everywhere else. */
    @GET
    @Path(OPEN)
    @Produces(MediaType.TEXT_HTML)
    public Response look(@QueryParam(TOKEN_PARAM) @Nullable String text) {
        Optional<Secret> token = Secret.parse(text);
        Redemption looked = token.map(this::lookAt).orElseGet(MagicLinkResource::noLink);
        return looked.accepted()
                .map(link -> pages.confirm(link, token.orElseThrow()))
                .orElseGet(() -> pages.refused(looked));
    }

    /** Confirms: consumes the link and lets the waiting tab go on. */
    @POST
    @Path(OPEN)
    @Produces(MediaType.TEXT_HTML)
    public Response redeem(@FormParam("token") @Nullable String text) {
        Redemption redemption = Secret.parse(text).map(this::take).orElseGet(MagicLinkResource::noLink);
        Optional<Link> link = redemption.accepted();
        if (link.isEmpty()) {
            LinkEvents.of(session, realm).refused(redemption);
            return pages.refused(redemption);
        }
        Optional<Refusal> refusal = refusal(link.get());
        if (refusal.isPresent()) {
            Redemption refused = new Redemption(link.get(), refusal.get());
            LinkEvents.of(session, realm).refused(refused);
            return pages.refused(refused);
        }
        links.approve(link.get(), APPROVAL);
        return pages.toConfirmed(link.get());
    }

    /** The page after confirming. It can be reloaded, and shown in another language, without any effect. */
    @GET
    @Path(CONFIRMED)
    @Produces(MediaType.TEXT_HTML)
    public Response confirmed(
            @QueryParam("client_id") @Nullable String clientId, @QueryParam("tab_id") @Nullable String tabId) {
        Optional<AuthenticationSessionModel> tab = browser.waitingTab(client(clientId), tabId);
        return tab.filter(this::approved).map(pages::confirmed).orElseGet(() -> pages.refused(noLink()));
    }

    /** Whether the waiting tab may go on: for its own browser only. */
    @GET
    @Path(STATUS)
    @Produces(MediaType.APPLICATION_JSON)
    public Response status(
            @QueryParam("client_id") @Nullable String clientId, @QueryParam("tab_id") @Nullable String tabId) {
        String state =
                browser.waitingTab(client(clientId), tabId).map(this::state).orElse("gone");
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return Response.ok(Map.of("state", state)).cacheControl(never).build();
    }

    /** Makes a link for a backend. Only the access token in its header counts: neither cookies nor the address do. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response mint(InputStream body) {
        return new MintLinks(session, realm, sender, ServerClock.get(), told).answer(body);
    }

    /** Where a link leads that a backend had made: to Keycloak's own login. Changes nothing and uses nothing up. */
    @GET
    @Path(START)
    @Produces(MediaType.TEXT_HTML)
    public Response start(@QueryParam(TOKEN_PARAM) @Nullable String text) {
        Optional<Secret> token = Secret.parse(text);
        Optional<MintedLink> link = token.map(
                        it -> MintLinks.of(session, ServerClock.get()).look(it.hash()))
                .flatMap(MintedRedemption::accepted);
        @Nullable ClientModel client = client(link.map(MintedLink::clientId).orElse(null));
        if (link.isEmpty() || client == null) {
            return pages.refused(noLink());
        }
        AuthenticationManager.@Nullable AuthResult signedIn = signedIn();
        if (signedIn == null) {
            return pages.toLogin(start(client, link.get(), token.orElseThrow()));
        }
        // Keycloak would go on as whoever is signed in here, and not as the account of the link.
        return signedIn.user().getId().equals(link.get().userId())
                ? pages.toLogin(start(client, link.get(), null))
                : pages.signedInAsAnother(client);
    }

    private URI start(ClientModel client, MintedLink link, @Nullable Secret token) {
        return MintedStart.request(
                session.getContext().getUri().getBaseUri(),
                realm,
                client,
                link,
                token,
                sender.secret().hash());
    }

    private Redemption lookAt(Secret token) {
        Redemption looked = links.look(token, browser);
        return looked.accepted().filter(this::isSignedInAsAnother).isPresent()
                ? new Redemption(looked.link(), Refusal.OTHER_USER)
                : looked;
    }

    /** Looks before it takes: a link that cannot be used here now is not used up. */
    private Redemption take(Secret token) {
        Redemption looked = lookAt(token);
        return looked.accepted().isPresent() ? links.redeem(token, browser) : looked;
    }

    /** Keycloak lets one browser be one person at a time: the waiting tab could only end in an error. */
    private boolean isSignedInAsAnother(Link link) {
        AuthenticationManager.@Nullable AuthResult signedIn = signedIn();
        return signedIn != null && !signedIn.user().getId().equals(link.userId());
    }

    private AuthenticationManager.@Nullable AuthResult signedIn() {
        return AuthenticationManager.authenticateIdentityCookie(session, realm, true);
    }

    private String state(AuthenticationSessionModel tab) {
        WaitingTab waiting = new WaitingTab(tab);
        if (waiting.nonceHash().isEmpty()) {
            return "gone";
        }
        if (approved(tab)) {
            return "approved";
        }
        return waiting.expired(ServerClock.get().instant()) ? "expired" : "waiting";
    }

    private boolean approved(AuthenticationSessionModel tab) {
        return new WaitingTab(tab).nonceHash().filter(links::approved).isPresent();
    }

    /** Why the account behind a link may not sign in, now that somebody confirmed it. */
    private Optional<Refusal> refusal(Link link) {
        @Nullable
        AuthenticationExecutionModel execution =
                realm.getAuthenticationExecutionById(link.tab().execution());
        Optional<MagicLinkSettings> settings =
                execution == null || execution.isDisabled() ? Optional.empty() : MagicLinkSettings.of(realm, execution);
        if (settings.isEmpty()) {
            return Optional.of(Refusal.NOT_REDEEMABLE);
        }
        if (link.userId() == null) {
            return settings.get().creates(realm) ? Optional.empty() : Optional.of(Refusal.NOT_CREATED);
        }
        Accounts accounts = new Accounts(session, realm, settings.get());
        @Nullable UserModel user = accounts.byId(link.userId()).orElse(null);
        Optional<Refusal> refusal = accounts.refusal(user, link.addressHash());
        return refusal.isPresent() || user == null ? refusal : otherUser(link, user);
    }

    private Optional<Refusal> otherUser(Link link, UserModel user) {
        return browser.tab(link.tab().tabId())
                .map(AuthenticationSessionModel::getAuthenticatedUser)
                .filter(other -> !other.getId().equals(user.getId()))
                .map(other -> Refusal.OTHER_USER);
    }

    private @Nullable ClientModel client(@Nullable String clientId) {
        return clientId == null ? null : realm.getClientByClientId(clientId);
    }

    /** One of the addresses below a realm, for a browser. */
    static UriBuilder address(URI base, RealmModel realm, String path) {
        return UriBuilder.fromUri(base)
                .path("realms")
                .path(realm.getName())
                .path(MagicLinkResourceProviderFactory.PROVIDER_ID)
                .path(path);
    }

    private static Redemption noLink() {
        return new Redemption(null, Refusal.NOT_FOUND);
    }

    private static boolean isSwitchedOn(RealmModel realm) {
        return realm.isEnabled() && hasStep(realm);
    }

    private static boolean hasStep(RealmModel realm) {
        return realm.getAuthenticationFlowsStream()
                .flatMap(flow -> realm.getAuthenticationExecutionsStream(flow.getId()))
                .anyMatch(execution -> MagicLinkAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator())
                        && !execution.isDisabled());
    }
}
