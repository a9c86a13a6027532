// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.net.IpAddress;
import dev.gatehouse.core.secret.NumericCode;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Verdict;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.device.DeviceRepresentationProvider;
import org.keycloak.models.UserModel;
import org.keycloak.representations.account.DeviceRepresentation;
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
        /** The text can mean no account. */
        INVALID,
        /** The browser asked too soon, and the tab has no message to wait for. */
        WAIT,
        /** The browser asked too soon; the tab goes on waiting for the message it has. */
        WAIT_ON_PAGE,
        /** Too many messages are asked for from this client address; {@link LinkRequest#limit()} tells more. */
        LIMITED,
        /** No link can be made on this server. */
        UNAVAILABLE
    }

    private final AuthenticationFlowContext context;
    private final MagicLinkSettings settings;
    private final MagicLinks links;
    private final LinkSender sender;
    private final InstantSource clock;
    private final WaitingTab tab;
    private final Tab place;
    private final Subject subject;
    private final Channel channel;
    private final Cooldown cooldown;
    private final SendLimits limits;

    LinkRequest(
            AuthenticationFlowContext context,
            MagicLinkSettings settings,
            MagicLinks links,
            LinkSender sender,
            InstantSource clock,
            WaitingTab tab,
            Tab place) {
        this.context = context;
        this.settings = settings;
        this.links = links;
        this.sender = sender;
        this.clock = clock;
        this.tab = tab;
        this.place = place;
        this.subject = Subject.of(context);
        this.channel = settings.channel().in(context.getSession(), context.getRealm(), settings);
        this.cooldown = new Cooldown(context, settings.resendAfter());
        this.limits = new SendLimits(context);
    }

    Answer send(@Nullable String typed) {
        Optional<LinkOrder.Target> meant = target(typed);
        if (meant.isEmpty()) {
            return Answer.INVALID;
        }
        LinkOrder.Target target = meant.get();
        Optional<URI> base = channel.isReady() ? sender.base(context.getSession()) : Optional.empty();
        if (base.isEmpty()) {
            return Answer.UNAVAILABLE;
        }
        if (!cooldown.lets(target.typed())) {
            return tab.waits(place.execution()) ? Answer.WAIT_ON_PAGE : Answer.WAIT;
        }
        if (!limits.letsAsk(target.typed())) {
            return Answer.LIMITED;
        }
        tab.tokenHash().ifPresent(links::cancel);
        Secret nonce = sender.secret();
        LinkOrder.Proof proof = proof(base.get(), nonce);
        String browser = AskingBrowser.mark(context.getSession(), sender::secret);
        boolean mayBeSent = limits.letsSend(target.typed());
        tab.waitFor(
                proof.token(),
                nonce,
                place.execution(),
                browser,
                subject.shown().orElse(target.typed()),
                proof.expires());
        sender.hand(context.getSession(), order(target, proof, mayBeSent), settings);
        return Answer.ACCEPTED;
    }

    /** Whom a message is for: whom an earlier step knows, or whoever is typed. */
    private Optional<LinkOrder.Target> target(@Nullable String typed) {
        if (subject.user().isPresent()) {
            UserModel user = subject.user().get();
            // An account that no message can reach is asked for all the same.
            String address = channel.addressOf(user).orElseGet(user::getId);
            return Optional.of(new LinkOrder.Target(Accounts.normalized(address), false, user.getId()));
        }
        return subject.isFixed()
                ? subject.name().map(name -> new LinkOrder.Target(Accounts.normalized(name), true, null))
                : channel.parse(typed).map(parsed -> new LinkOrder.Target(parsed, false, null));
    }

    /** What stopped the last request that was {@linkplain Answer#LIMITED limited}. */
    Verdict limit() {
        return limits.refusal();
    }

    /** How long the browser waits before it may ask for a message to {@code typed}. */
    Duration resendIn(@Nullable String typed) {
        return cooldown.left(target(typed).map(LinkOrder.Target::typed).orElse(""));
    }

    private LinkOrder.Proof proof(URI base, Secret nonce) {
        Secret token = sender.secret();
        NumericCode code = sender.code(settings.codeDigits());
        Duration lifetime = settings.lifetimeIn(context.getRealm());
        return new LinkOrder.Proof(
                token,
                code,
                code.hash(nonce),
                nonce.hash(),
                clock.instant().plus(lifetime),
                lifetime,
                MagicLinkResource.address(base, context.getRealm(), MagicLinkResource.OPEN)
                        .queryParam(MagicLinkResource.TOKEN_PARAM, token.reveal())
                        .build());
    }

    private LinkOrder order(LinkOrder.Target target, LinkOrder.Proof proof, boolean mayBeSent) {
        AuthenticationSessionModel session = context.getAuthenticationSession();
        return new LinkOrder(
                context.getRealm().getId(),
                target,
                place,
                new LinkOrder.App(
                        session.getClient().getClientId(),
                        ClientNames.of(session.getClient()),
                        AuthenticationProcessor.getClientData(context.getSession(), session),
                        Brokers.linkedBy(context.getSession(), session).orElse(null)),
                proof,
                new LinkOrder.Asker(
                        context.getSession()
                                .getProvider(Limiter.class)
                                .clientAddress()
                                .map(IpAddress::toString)
                                .orElse(""),
                        device(),
                        clock.instant(),
                        context.getSession()
                                .getContext()
                                .resolveLocale(subject.user().orElse(null))
                                .toLanguageTag()),
                mayBeSent);
    }

    /** What the browser says that it is; nobody has to believe it. */
    private String device() {
        @Nullable
        DeviceRepresentationProvider devices = context.getSession().getProvider(DeviceRepresentationProvider.class);
        @Nullable DeviceRepresentation device = devices == null ? null : devices.deviceRepresentation();
        return device == null ? "" : device.getBrowser().replaceAll("/.*", "") + ", " + device.getOs();
    }

    /** Whether {@code typed} means somebody, and not whom the tab waits for a message to. */
    boolean isForAnotherAddress(@Nullable String typed) {
        return !subject.isFixed()
                && channel.parse(typed)
                        .filter(address -> !address.equals(tab.address()))
                        .isPresent();
    }

    /** Ends the waiting: the link that was sent, its code, and its approval if there is one, do nothing any more. */
    void cancel() {
        tab.tokenHash().ifPresent(links::cancel);
        tab.forget();
    }
}
