// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.core.link.Approval;
import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.singleuse.SingleUseStore;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;

/** One request that reached the step. Every path ends in exactly one call that tells the flow how to go on. */
final class MagicLinkStep {

    private final AuthenticationFlowContext context;

    private final MagicLinks links;
    private final Accounts accounts;
    private final LinkRequest request;
    private final MagicLinkPages pages;
    private final WaitingTab tab;
    private final Tab place;

    MagicLinkStep(
            AuthenticationFlowContext context,
            MagicLinkSettings settings,
            MagicLinks links,
            SingleUseStore store,
            LinkSender sender,
            InstantSource clock) {
        String execution = context.getExecution().getId();
        this.context = context;
        this.links = links;
        this.accounts = new Accounts(context.getSession(), context.getRealm(), settings);
        this.tab = new WaitingTab(context.getAuthenticationSession());
        this.place = tab.place(execution);
        this.pages = new MagicLinkPages(context, settings, tab, clock);
        this.request = new LinkRequest(context, settings, links, store, sender, clock, tab, place);
    }

    /** The step is reached or shown again: by the flow, a reload, a change of language, or the waiting page itself. */
    void show() {
        if (!tab.waits(place.execution())) {
            pages.address(null);
        } else if (!finishes()) {
            pages.sent(false);
        }
    }

    /** Somebody pressed a button of one of the step's pages. */
    void act(MultivaluedMap<String, String> form) {
        @Nullable String action = form.getFirst("gatehouseAction");
        @Nullable String typed = form.getFirst("email");
        boolean waiting = tab.waits(place.execution());
        if (waiting && wantsAnotherAddress(action, typed)) {
            // Approved or not: nobody is signed in by a mail that they have just turned away from.
            request.cancel();
            waiting = false;
        }
        if (waiting && finishes()) {
            return;
        }
        if ("send".equals(action)) {
            AuthenticatorUtils.processRememberMe(context, form);
            answer(request.send(typed));
        } else if (waiting && "resend".equals(action)) {
            answer(request.send(tab.address()));
        } else if (waiting) {
            pages.sent(true);
        } else {
            pages.address(null);
        }
    }

    private boolean wantsAnotherAddress(@Nullable String action, @Nullable String typed) {
        return "change".equals(action) || ("send".equals(action) && request.isForAnotherAddress(typed));
    }

    private void answer(LinkRequest.Answer answer) {
        switch (answer) {
            case ACCEPTED, WAIT_ON_PAGE -> pages.sent(false);
            case INVALID -> pages.address("gatehouseMagicLinkAddressInvalid");
            case WAIT -> pages.tooSoon();
            case LIMITED -> pages.limited(request.limit());
            case UNAVAILABLE -> pages.unavailable();
        }
    }

    /** Goes on if the link was approved; false if nothing was and the caller has to answer. */
    private boolean finishes() {
        Optional<Approval> approval = tab.isAskedBy(AskingBrowser.markOf(context.getSession()))
                ? tab.nonceHash().flatMap(nonceHash -> links.finish(nonceHash, place))
                : Optional.empty();
        if (approval.isEmpty()) {
            return false;
        }
        // Whatever comes of it, this mail has had its effect.
        tab.forget();
        Optional<UserModel> user = accounts.byId(approval.get().userId());
        Optional<Refusal> refusal =
                accounts.refusal(user.orElse(null), approval.get().addressHash());
        if (refusal.isEmpty() && isSomebodyElse(user.orElseThrow())) {
            refusal = Optional.of(Refusal.OTHER_USER);
        }
        if (refusal.isPresent()) {
            refuse(refusal.get(), user.orElse(null));
        } else {
            succeed(user.orElseThrow());
        }
        return true;
    }

    private boolean isSomebodyElse(UserModel user) {
        return context.getUser() != null && !context.getUser().getId().equals(user.getId());
    }

    private void refuse(Refusal refusal, @Nullable UserModel user) {
        // A clone: the flow's own event must stay usable for the rest of the request.
        var event = context.getEvent().clone().event(EventType.LOGIN_ERROR);
        if (user != null) {
            event.user(user);
        }
        event.detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .detail(SendEvents.REASON, refusal.code())
                .error(Errors.INVALID_USER_CREDENTIALS);
        pages.address("gatehouseMagicLinkRefusedInvalidTitle");
    }

    private void succeed(UserModel user) {
        FailureReset.afterSignIn(context, user);
        if (!user.isEmailVerified()) {
            // Only where the step's settings let unverified accounts in: the link has just verified the address.
            user.setEmailVerified(true);
        }
        user.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        context.getAuthenticationSession().removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        context.getAuthenticationSession()
                .setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, user.getUsername());
        context.getEvent()
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK);
        context.setUser(user);
        context.success();
    }
}
