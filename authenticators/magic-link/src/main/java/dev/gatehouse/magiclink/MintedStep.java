// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.core.link.MintedLinks;
import dev.gatehouse.core.link.MintedRedemption;
import dev.gatehouse.core.link.Refusal;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The step in a tab that was opened by a minted link: it asks whether to go on as the account of the link. Only the answer
 * consumes the link. Wherever this does not apply, or not any more, the step is the same as in any other tab.
 *
 * <p>Each browser that opened the link is asked, and whichever answers first has it.
 */
final class MintedStep {

    private static final String PAGE = "gatehouse-magic-link-minted.ftl";
    private static final String DEAD = "gatehouseMagicLinkMintedDead";

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel session;
    private final MintedTab tab;
    private final MintedLinks links;
    private final MintAccounts accounts;

    MintedStep(AuthenticationFlowContext context, InstantSource clock) {
        this.context = context;
        this.session = context.getAuthenticationSession();
        this.tab = new MintedTab(session);
        this.links = MintLinks.of(context.getSession(), clock);
        this.accounts = new MintAccounts(context.getSession(), context.getRealm(), MintSettings.of(context.getRealm()));
    }

    /** Asks, if there is something to ask; else false, and the caller has to answer. */
    boolean shows() {
        Optional<String> token = token();
        if (token.isEmpty()) {
            return false;
        }
        MintedRedemption looked = look(token.get());
        if (looked.refusal() == Refusal.OTHER_USER) {
            // The flow is about somebody else by now. That is nothing to start a conversation about.
            return false;
        }
        @Nullable UserModel user = looked.accepted().flatMap(accounts::of).orElse(null);
        if (user == null) {
            turnAway();
            return false;
        }
        context.challenge(context.form()
                .setAttribute("gatehouseExecution", context.getExecution().getId())
                .setAttribute("gatehouseAddress", MaskedAddress.of(user.getEmail()))
                .setAttribute("gatehouseClient", ClientNames.of(session.getClient()))
                .createForm(PAGE));
        return true;
    }

    /**
     * Somebody pressed a button.
     *
     * @param action what the button says
     * @param asAlways shows the page of a tab without a link
     * @return false if it was no button of ours, and the caller has to answer
     */
    boolean acts(@Nullable String action, Runnable asAlways) {
        if ("other-way".equals(action)) {
            tab.forget();
            asAlways.run();
            return true;
        }
        if (!"minted".equals(action)) {
            return false;
        }
        Optional<String> token = token();
        if (token.isEmpty()) {
            turnAway();
            asAlways.run();
            return true;
        }
        // Looks before it takes: a link that cannot be used here now is not used up.
        MintedRedemption looked = look(token.get());
        MintedRedemption redeemed = looked.accepted().isPresent() ? redeem(token.get()) : looked;
        Optional<UserModel> user = redeemed.accepted().flatMap(accounts::of);
        tab.forget();
        if (user.isPresent()) {
            SignIn.finish(context, user.get(), SignIn.Way.MINTED);
        } else {
            tell(redeemed);
            turnAway();
            asAlways.run();
        }
        return true;
    }

    /** Only in a sign-in: no other flow asks for what such a link proves. */
    private Optional<String> token() {
        return LoginActionsService.AUTHENTICATE_PATH.equals(context.getFlowPath()) ? tab.tokenHash() : Optional.empty();
    }

    private MintedRedemption look(String token) {
        return check(links.look(token, session.getClient().getClientId(), session.getRedirectUri()));
    }

    private MintedRedemption redeem(String token) {
        return links.redeem(token, session.getClient().getClientId(), session.getRedirectUri());
    }

    /** Adds what only the accounts can tell. */
    private MintedRedemption check(MintedRedemption looked) {
        if (looked.accepted().isEmpty()) {
            return looked;
        }
        MintedLink link = looked.accepted().get();
        @Nullable UserModel known = context.getUser();
        Optional<Refusal> refusal = known != null && !known.getId().equals(link.userId())
                ? Optional.of(Refusal.OTHER_USER)
                : accounts.refusal(link, accounts.of(link).orElse(null));
        return refusal.map(reason -> new MintedRedemption(link, reason)).orElse(looked);
    }

    /** From here on the tab is one like any other, and says why. */
    private void turnAway() {
        tab.forget();
        context.setForwardedInfoMessage(DEAD);
    }

    private void tell(MintedRedemption redemption) {
        // A clone: the flow's own event must stay usable for the rest of the request.
        EventBuilder event = context.getEvent().clone().event(EventType.LOGIN_ERROR);
        if (redemption.link() != null) {
            event.user(redemption.link().userId());
        }
        String reason = Optional.ofNullable(redemption.refusal())
                // The account was there a moment ago.
                .orElse(Refusal.USER_GONE)
                .code();
        event.detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .detail(SendEvents.WAY, SignIn.Way.MINTED.code())
                .detail(SendEvents.REASON, reason)
                .error(Errors.INVALID_CODE);
        LinkMetrics.refused(reason);
    }
}
