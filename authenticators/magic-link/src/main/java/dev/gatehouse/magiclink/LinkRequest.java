// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.singleuse.SingleUseStore;
import dev.gatehouse.spi.limit.Verdict;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Somebody asks for a link. What happens here is the same for every address: it knows no accounts, it only remembers
 * what the tab waits for and hands an order on.
 */
final class LinkRequest {

    /** What the page has to say. */
    enum Answer {
        /** The order is on its way. */
        ACCEPTED,
        /** The text is no address. */
        INVALID,
        /** The browser asked too soon, and the tab has no mail to wait for. */
        WAIT,
        /** The browser asked too soon; the tab goes on waiting for the mail it has. */
        WAIT_ON_PAGE,
        /** Too many mails are asked for from this client address; {@link LinkRequest#limit()} tells more. */
        LIMITED,
        /** No link can be made on this server. */
        UNAVAILABLE
    }

    /** RFC 5321, section 4.5.3.1.3, less the two angle brackets of a path. */
    private static final int LONGEST_ADDRESS = 254;

    /**
     * One {@code @}, and nothing that is quoted, invisible or a control: what is looked up must be what a mail server
     * would understand, and what a database accepts as text.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\p{C}\\p{Z}\\s@\"'<>()\\[\\],;:\\\\]+@[^\\p{C}\\p{Z}\\s@\"'<>()\\[\\],;:\\\\]+");

    private final AuthenticationFlowContext context;
    private final MagicLinkSettings settings;
    private final MagicLinks links;
    private final SingleUseStore store;
    private final LinkSender sender;
    private final InstantSource clock;
    private final WaitingTab tab;
    private final Tab place;
    private final SendLimits limits;

    LinkRequest(
            AuthenticationFlowContext context,
            MagicLinkSettings settings,
            MagicLinks links,
            SingleUseStore store,
            LinkSender sender,
            InstantSource clock,
            WaitingTab tab,
            Tab place) {
        this.context = context;
        this.settings = settings;
        this.links = links;
        this.store = store;
        this.sender = sender;
        this.clock = clock;
        this.tab = tab;
        this.place = place;
        this.limits = new SendLimits(context);
    }

    Answer send(@Nullable String typed) {
        @Nullable UserModel known = context.getUser();
        Optional<String> address = known == null ? valid(typed) : Optional.of(addressOf(known));
        if (address.isEmpty()) {
            return Answer.INVALID;
        }
        Optional<URI> base = sender.base(context.getSession());
        if (base.isEmpty()) {
            return Answer.UNAVAILABLE;
        }
        // Keyed to the browser's login, never to the address: nobody can use up somebody else's mails.
        if (!store.claim("gatehouse.magic-link.cooldown." + place.rootSession(), settings.resendAfter())) {
            return tab.waits(place.execution()) ? Answer.WAIT_ON_PAGE : Answer.WAIT;
        }
        if (!limits.letsAsk(address.get())) {
            return Answer.LIMITED;
        }
        tab.tokenHash().ifPresent(links::cancel);
        Secret token = sender.secret();
        Secret nonce = sender.secret();
        Instant now = clock.instant();
        Instant expires = now.plus(settings.lifetimeIn(context.getRealm()));
        String browser = AskingBrowser.mark(context.getSession(), sender::secret);
        boolean mayBeSent = limits.letsSend(address.get());
        tab.waitFor(token, nonce, place.execution(), browser, shown(known, address.get()), now, expires);
        sender.hand(
                context.getSession(),
                order(base.get(), known, address.get(), token, nonce, expires, mayBeSent),
                settings);
        return Answer.ACCEPTED;
    }

    /** What stopped the last request that was {@linkplain Answer#LIMITED limited}. */
    Verdict limit() {
        return limits.refusal();
    }

    private LinkOrder order(
            URI base,
            @Nullable UserModel known,
            String address,
            Secret token,
            Secret nonce,
            Instant expires,
            boolean mayBeSent) {
        AuthenticationSessionModel session = context.getAuthenticationSession();
        RealmModel realm = context.getRealm();
        return new LinkOrder(
                realm.getId(),
                address,
                known == null ? null : known.getId(),
                place,
                session.getClient().getClientId(),
                ClientNames.of(session.getClient()),
                AuthenticationProcessor.getClientData(context.getSession(), session),
                token,
                nonce.hash(),
                expires,
                settings.lifetimeIn(realm),
                MagicLinkResource.address(base, realm, MagicLinkResource.OPEN)
                        .queryParam(MagicLinkResource.TOKEN_PARAM, token.reveal())
                        .build(),
                context.getSession().getContext().resolveLocale(known).toLanguageTag(),
                context.getConnection().getRemoteHost(),
                mayBeSent);
    }

    /** Whether {@code typed} is an address, and not the one that the tab waits for. */
    boolean isForAnotherAddress(@Nullable String typed) {
        return context.getUser() == null
                && valid(typed)
                        .filter(address -> !address.equals(tab.address()))
                        .isPresent();
    }

    /** Ends the waiting: the link that was mailed, and its approval if there is one, do nothing any more. */
    void cancel() {
        tab.tokenHash().ifPresent(links::cancel);
        tab.forget();
    }

    /** What the waiting page may show: never more than the person has typed, or the browser knows. */
    private String shown(@Nullable UserModel known, String address) {
        return known == null ? address : KnownUser.nameOf(context, known);
    }

    private static String addressOf(UserModel user) {
        return user.getEmail() == null ? "" : user.getEmail();
    }

    private static Optional<String> valid(@Nullable String typed) {
        return Optional.ofNullable(typed)
                .map(Accounts::normalized)
                .filter(address -> address.length() <= LONGEST_ADDRESS)
                .filter(address -> ADDRESS.matcher(address).matches());
    }
}
