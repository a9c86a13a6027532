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
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
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
    private static final String CODE_FIELD = "code";
    private static final Duration POLL = Duration.ofSeconds(2);

    private final AuthenticationFlowContext context;
    private final MagicLinkSettings settings;
    private final WaitingTab tab;
    private final Subject subject;
    private final LinkRequest request;
    private final InstantSource clock;

    MagicLinkPages(
            AuthenticationFlowContext context,
            MagicLinkSettings settings,
            WaitingTab tab,
            Subject subject,
            LinkRequest request,
            InstantSource clock) {
        this.context = context;
        this.settings = settings;
        this.tab = tab;
        this.subject = subject;
        this.request = request;
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

    /** The page that asks for an address, because the text can mean nobody. */
    void invalid() {
        address(
                settings.channel() == ChannelKind.MAIL
                        ? "gatehouseMagicLinkAddressInvalid"
                        : "gatehouseMagicLinkNumberInvalid");
    }

    /** The page that asks for an address, with how long to wait before it may be used. */
    void tooSoon(Duration left) {
        // Between two looks the wait can have ended.
        address("gatehouseMagicLinkWait", Math.max(1, secondsUp(left)));
    }

    /** The page that asks for an address, as the answer to somebody who asked for too many mails. */
    void limited(Verdict verdict) {
        FormMessage message = LimitAnswers.message(verdict);
        LoginFormsProvider form =
                addressForm().addError(new FormMessage(ADDRESS_FIELD, message.getMessage(), message.getParameters()));
        // Not a failure: nobody guessed at anything.
        context.forceChallenge(LimitAnswers.of(form.createForm(ADDRESS_PAGE), verdict));
    }

    /** The page that waits for the message; it says the same for every address. */
    void sent() {
        context.challenge(sentForm().createForm(SENT_PAGE));
    }

    /** The page that waits, for somebody who wants to go on before the link was confirmed. */
    void notYet() {
        context.challenge(sentForm().setAttribute("gatehouseNotYet", true).createForm(SENT_PAGE));
    }

    /** The page that waits, with what is to say about the code that was typed. Never a failure: see the factory. */
    void code(String errorKey, Object... parameters) {
        context.challenge(sentForm()
                .addError(new FormMessage(CODE_FIELD, errorKey, parameters))
                .createForm(SENT_PAGE));
    }

    private LoginFormsProvider sentForm() {
        Instant now = clock.instant();
        return common().setAttribute("gatehouseAddress", tab.address())
                .setAttribute(
                        "gatehouseMinutes",
                        Math.max(1, settings.lifetimeIn(context.getRealm()).toMinutes()))
                .setAttribute("gatehouseCodeDigits", settings.codeDigits())
                .setAttribute("gatehouseCreates", settings.creates(context.getRealm()))
                .setAttribute("gatehouseResendIn", secondsUp(request.resendIn(tab.address())))
                .setAttribute("gatehouseExpired", tab.expired(now))
                .setAttribute("gatehouseNotYet", false)
                .setAttribute("gatehouseStatusUrl", statusUrl().toString())
                .setAttribute(
                        "gatehouseContinueUrl", context.getRefreshExecutionUrl().toString())
                .setAttribute("gatehousePollMillis", POLL.toMillis());
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
                .setAttribute("gatehouseAddress", subject.shown().orElseGet(this::typedOrHinted));
    }

    private LoginFormsProvider common() {
        return context.form()
                .setAttribute("gatehouseExecution", context.getExecution().getId())
                .setAttribute("gatehouseChannel", settings.channel().code())
                .setAttribute("gatehouseAddressFixed", subject.isFixed());
    }

    private @Nullable String note(String name) {
        return context.getAuthenticationSession().getAuthNote(name);
    }

    private String typedOrHinted() {
        // What was typed into another of the flow's forms is as good as what an app knows.
        String typed = context.getHttpRequest().getDecodedFormParameters().getFirst(ADDRESS_FIELD);
        String attempted = note(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        String hint = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM);
        return Optional.ofNullable(typed)
                .or(() -> Optional.ofNullable(attempted))
                .or(() -> Optional.ofNullable(hint))
                .orElse("");
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
