// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.urls.UrlType;

/** The pages of the step. Each of them ends the request: it is the one call that the flow gets. */
final class MagicLinkPages {

    private static final String ADDRESS_PAGE = "gatehouse-magic-link.ftl";
    private static final String SENT_PAGE = "gatehouse-magic-link-sent.ftl";
    private static final String ADDRESS_FIELD = "email";
    private static final Duration POLL = Duration.ofSeconds(2);

    private final AuthenticationFlowContext context;
    private final MagicLinkSettings settings;
    private final WaitingTab tab;
    private final InstantSource clock;

    MagicLinkPages(AuthenticationFlowContext context, MagicLinkSettings settings, WaitingTab tab, InstantSource clock) {
        this.context = context;
        this.settings = settings;
        this.tab = tab;
        this.clock = clock;
    }

    /** The page that asks for an address, with the message of {@code errorKey} at its field, if there is one. */
    void address(@Nullable String errorKey, Object... parameters) {
        LoginFormsProvider form = addressForm();
        if (errorKey != null) {
            form.addError(new FormMessage(ADDRESS_FIELD, errorKey, parameters));
        }
        context.challenge(form.createForm(ADDRESS_PAGE));
    }

    /** The page that asks for an address, with how long to wait before it may be used. */
    void tooSoon() {
        Duration left = tab.resendIn(clock.instant(), settings.resendAfter());
        // Another tab of this browser sent the last mail, and when is not known here.
        Duration wait = left.isZero() ? settings.resendAfter() : left;
        address("gatehouseMagicLinkWait", Math.max(1, secondsUp(wait)));
    }

    /** The page that asks for an address, as the answer to somebody who asked for too many mails. */
    void limited(Verdict verdict) {
        FormMessage message = LimitAnswers.message(verdict);
        LoginFormsProvider form =
                addressForm().addError(new FormMessage(ADDRESS_FIELD, message.getMessage(), message.getParameters()));
        // Not a failure: nobody guessed at anything.
        context.forceChallenge(LimitAnswers.of(form.createForm(ADDRESS_PAGE), verdict));
    }

    /** The page that waits for the mail; it says the same for every address. */
    void sent(boolean pressedTooEarly) {
        Instant now = clock.instant();
        LoginFormsProvider form = common().setAttribute("gatehouseAddress", tab.address())
                .setAttribute(
                        "gatehouseMinutes",
                        Math.max(1, settings.lifetimeIn(context.getRealm()).toMinutes()))
                .setAttribute("gatehouseResendIn", secondsUp(tab.resendIn(now, settings.resendAfter())))
                .setAttribute("gatehouseExpired", tab.expired(now))
                .setAttribute("gatehouseNotYet", pressedTooEarly)
                .setAttribute("gatehouseStatusUrl", statusUrl().toString())
                .setAttribute(
                        "gatehouseContinueUrl", context.getRefreshExecutionUrl().toString())
                .setAttribute("gatehousePollMillis", POLL.toMillis());
        context.challenge(form.createForm(SENT_PAGE));
    }

    /** The step cannot work here: nothing about why is told outside. */
    void unavailable() {
        unavailable(context);
    }

    /** Ends a request whose step cannot work, before there are settings to make the other pages with. */
    static void unavailable(AuthenticationFlowContext context) {
        tellMisconfigured(context);
        // Not a failure: Keycloak's brute-force protection would count it against whoever was named before.
        context.forceChallenge(context.form()
                .setError("gatehouseMagicLinkUnavailable")
                .createErrorPage(Response.Status.INTERNAL_SERVER_ERROR));
    }

    /** A step that cannot work leaves the word to its alternatives; where there can be none, it ends the request. */
    static void skip(AuthenticationFlowContext context) {
        if (context.getExecution().isAlternative()) {
            tellMisconfigured(context);
            context.attempted();
        } else {
            unavailable(context);
        }
    }

    private static void tellMisconfigured(AuthenticationFlowContext context) {
        context.getEvent()
                .clone()
                .event(EventType.LOGIN_ERROR)
                .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .detail(SendEvents.REASON, "misconfigured")
                .error("gatehouse_misconfigured");
    }

    private LoginFormsProvider addressForm() {
        return common().setAttribute("gatehouseRememberMe", "true".equals(note(Details.REMEMBER_ME)))
                .setAttribute(
                        "gatehouseAddress",
                        Optional.ofNullable(context.getUser())
                                .map(user -> KnownUser.nameOf(context, user))
                                .orElseGet(this::typedOrHinted));
    }

    private LoginFormsProvider common() {
        return context.form()
                .setAttribute("gatehouseExecution", context.getExecution().getId())
                .setAttribute("gatehouseAddressFixed", context.getUser() != null);
    }

    private @Nullable String note(String name) {
        return context.getAuthenticationSession().getAuthNote(name);
    }

    private String typedOrHinted() {
        String typed = context.getHttpRequest().getDecodedFormParameters().getFirst(ADDRESS_FIELD);
        String hint = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM);
        return Optional.ofNullable(typed).or(() -> Optional.ofNullable(hint)).orElse("");
    }

    private URI statusUrl() {
        URI base = context.getSession().getContext().getUri(UrlType.FRONTEND).getBaseUri();
        AuthenticationSessionModel session = context.getAuthenticationSession();
        return MagicLinkResource.address(base, context.getRealm(), MagicLinkResource.STATUS)
                .queryParam(Constants.CLIENT_ID, session.getClient().getClientId())
                .queryParam(Constants.TAB_ID, session.getTabId())
                .build();
    }

    private static long secondsUp(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
