// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.core.link.Approval;
import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Redemption;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.NumericCode;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;

/** One request that reached the step. Every path ends in exactly one call that tells the flow how to go on. */
final class MagicLinkStep {

    private final AuthenticationFlowContext context;
    private final MagicLinkSettings settings;
    private final MagicLinks links;
    private final Accounts accounts;
    private final LinkRequest request;
    private final CodeEntry codes;
    private final MagicLinkPages pages;
    private final WaitingTab tab;
    private final Tab place;
    private final Subject subject;

    MagicLinkStep(
            AuthenticationFlowContext context,
            MagicLinkSettings settings,
            MagicLinks links,
            LinkSender sender,
            InstantSource clock) {
        String execution = context.getExecution().getId();
        this.context = context;
        this.settings = settings;
        this.links = links;
        this.accounts = new Accounts(context.getSession(), context.getRealm(), settings);
        this.tab = new WaitingTab(context.getAuthenticationSession());
        this.place = tab.place(execution);
        this.subject = Subject.of(context);
        this.request = new LinkRequest(context, settings, links, sender, clock, tab, place);
        this.codes = new CodeEntry(context, links, accounts, tab, place);
        this.pages = new MagicLinkPages(context, settings, tab, subject, request, clock);
    }

    /** The step is reached or shown again: by the flow, a reload, a change of language, or the waiting page itself. */
    void show() {
        if (!tab.waits(place.execution())) {
            pages.address(null);
        } else if (!finishes()) {
            pages.sent();
        }
    }

    /** Somebody pressed a button of one of the step's pages. */
    void act(MultivaluedMap<String, String> form) {
        @Nullable String action = form.getFirst("gatehouseAction");
        @Nullable String typed = form.getFirst("email");
        boolean waiting = tab.waits(place.execution());
        if (waiting && wantsAnotherAddress(action, typed)) {
            // Approved or not: nobody is signed in by a message that they have just turned away from.
            request.cancel();
            waiting = false;
        }
        if (waiting && finishes()) {
            return;
        }
        if ("send".equals(action)) {
            AuthenticatorUtils.processRememberMe(context, form);
            answer(request.send(typed), typed);
        } else if (waiting && "resend".equals(action)) {
            answer(request.send(tab.address()), tab.address());
        } else if (waiting && "code".equals(action)) {
            enter(form.getFirst("code"));
        } else if (waiting) {
            pages.notYet();
        } else {
            pages.address(null);
        }
    }

    private boolean wantsAnotherAddress(@Nullable String action, @Nullable String typed) {
        return "change".equals(action) || ("send".equals(action) && request.isForAnotherAddress(typed));
    }

    private void answer(LinkRequest.Answer answer, @Nullable String typed) {
        switch (answer) {
            case ACCEPTED, WAIT_ON_PAGE -> pages.sent();
            case INVALID -> pages.invalid();
            case WAIT -> pages.tooSoon(request.resendIn(typed));
            case LIMITED -> pages.limited(request.limit());
            case UNAVAILABLE -> pages.unavailable();
        }
    }

    /** Goes on if the link was approved; false if nothing was and the caller has to answer. */
    private boolean finishes() {
        Optional<Approval> approval =
                isAsking() ? tab.nonceHash().flatMap(nonceHash -> links.finish(nonceHash, place)) : Optional.empty();
        if (approval.isEmpty()) {
            return false;
        }
        finish(approval.get().userId(), approval.get().addressHash(), SignIn.Way.LINK);
        return true;
    }

    private void enter(@Nullable String text) {
        Optional<NumericCode> typed =
                NumericCode.parse(text).filter(code -> code.reveal().length() == settings.codeDigits());
        if (typed.isEmpty()) {
            // Nothing was guessed: no code looks like this.
            pages.code("gatehouseMagicLinkCodeInvalid", settings.codeDigits());
            return;
        }
        Redemption redemption = isAsking() ? codes.redeem(typed.get()) : new Redemption(null, Refusal.OTHER_BROWSER);
        Optional<Link> link = redemption.accepted();
        if (link.isPresent()) {
            finish(link.get().userId(), link.get().addressHash(), SignIn.Way.CODE);
            return;
        }
        LinkEvents.of(context).refused(redemption);
        if (redemption.refusal() == Refusal.CODE_SPENT) {
            pages.code("gatehouseMagicLinkCodeSpent");
        } else if (redemption.refusal() == Refusal.CODE_UNCOUNTED) {
            pages.code("gatehouseLimitUnavailable");
        } else {
            // For the person outside every other reason is a wrong code.
            pages.code("gatehouseMagicLinkCodeWrong");
        }
    }

    private boolean isAsking() {
        return tab.isAskedBy(AskingBrowser.markOf(context.getSession()));
    }

    /** The message was received by whoever sits before this tab. */
    private void finish(@Nullable String userId, String addressHash, SignIn.Way way) {
        String address = tab.address();
        // Whatever comes of it, this message has had its effect.
        tab.forget();
        Optional<UserModel> user = userId == null ? found(address, addressHash) : accounts.byId(userId);
        if (user.isEmpty() && userId == null) {
            user = create(address, addressHash);
            if (user.isEmpty()) {
                refuse(Refusal.NOT_CREATED, null);
                return;
            }
        }
        Optional<Refusal> refusal = accounts.refusal(user.orElse(null), addressHash);
        if (refusal.isEmpty() && isSomebodyElse(user.orElseThrow())) {
            refusal = Optional.of(Refusal.OTHER_USER);
        }
        if (refusal.isPresent()) {
            refuse(refusal.get(), user.orElse(null));
        } else if (accounts.channel().provesMailAddress()) {
            SignIn.finishProven(context, user.orElseThrow(), way);
        } else {
            SignIn.finish(context, user.orElseThrow(), way);
        }
    }

    /** The account that has got the address since the message was sent. */
    private Optional<UserModel> found(String address, String addressHash) {
        return isFor(address, addressHash) ? accounts.channel().find(address) : Optional.empty();
    }

    private Optional<UserModel> create(String address, String addressHash) {
        return settings.creates(context.getRealm()) && isFor(address, addressHash)
                ? new NewAccounts(context.getSession(), context.getRealm()).create(context, address)
                : Optional.empty();
    }

    /** Only what the message went to may become an account, not what the tab says. */
    private static boolean isFor(String address, String addressHash) {
        return Accounts.hashOf(address).equals(addressHash);
    }

    private boolean isSomebodyElse(UserModel user) {
        return subject.user()
                .filter(known -> !known.getId().equals(user.getId()))
                .isPresent();
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
        LinkMetrics.refused(refusal.code());
        pages.address("gatehouseMagicLinkRefusedInvalidTitle");
    }
}
