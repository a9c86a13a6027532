// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.core.link.MintedLinks;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Verdict;
import dev.gatehouse.spi.mail.MailQueue;
import dev.gatehouse.spi.settings.ToldProblems;
import dev.gatehouse.spi.singleuse.KeycloakSingleUseStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * One request of a backend that wants a link. Who may not ask is told so before anything is looked up; whoever may is
 * told exactly why a link is not made.
 */
final class MintLinks {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final LinkSender sender;
    private final InstantSource clock;
    private final MintSettings settings;

    MintLinks(KeycloakSession session, RealmModel realm, LinkSender sender, InstantSource clock, ToldProblems told) {
        this.session = session;
        this.realm = realm;
        this.sender = sender;
        this.clock = clock;
        this.settings = MintSettings.of(realm, told);
    }

    /** The minted links of the realm that a session works in. */
    static MintedLinks of(KeycloakSession session, InstantSource clock) {
        return new MintedLinks(
                new KeycloakSingleUseStore(
                        session.singleUseObjects(), session.getContext().getRealm()),
                clock);
    }

    Response answer(InputStream body) {
        try {
            MintCaller caller = MintCaller.of(session, realm);
            MintRequest request = read(body);
            return answer(request, MintEvents.of(session, realm, caller));
        } catch (MintRefused e) {
            return MintAnswers.refused(realm, e);
        }
    }

    private MintRequest read(InputStream body) throws MintRefused {
        if (!MintRequest.isJson(
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            throw MintError.UNSUPPORTED_MEDIA_TYPE.because("The content type must be application/json");
        }
        return MintRequest.read(body);
    }

    private Response answer(MintRequest request, MintEvents events) throws MintRefused {
        try {
            Duration lifespan = lifespan(request);
            MintClient client = MintClient.of(session, realm, settings, request);
            MintAccounts accounts = new MintAccounts(session, realm, settings);
            UserModel user = accounts.of(request);
            URI base = sender.base(session)
                    .orElseThrow(() -> MintError.HOSTNAME_NOT_FIXED.because(
                            "The server's hostname option, or the realm's frontend URL, must be a full address"));
            Optional<Verdict> stopped = request.send() ? stops(user) : Optional.empty();
            if (stopped.isPresent()) {
                events.refused(request, stopped.get().rule());
                return MintAnswers.limited(stopped.get());
            }
            Secret token = sender.secret();
            // Whole seconds: what the answer says is what holds.
            Instant expires = clock.instant().plus(lifespan).truncatedTo(ChronoUnit.SECONDS);
            URI link = MagicLinkResource.address(base, realm, MagicLinkResource.START)
                    .queryParam(MagicLinkResource.TOKEN_PARAM, token.reveal())
                    .build();
            MintedLink kept = new MintedLink(
                    user.getId(), accounts.addressHash(user), client.clientId(), client.redirectUri(), expires);
            of(session, clock).issue(token.hash(), kept);
            if (request.send()) {
                session.getProvider(MailQueue.class).afterCommit(new MintDelivery(realm.getId(), kept, link, lifespan));
            }
            events.minted(client, user.getId(), lifespan, request.send());
            return MintAnswers.minted(link, expires);
        } catch (MintRefused e) {
            events.refused(request, e.error().code());
            throw e;
        }
    }

    private Duration lifespan(MintRequest request) throws MintRefused {
        Duration lifespan = request.lifespan().orElseGet(settings::usualLifetime);
        if (lifespan.compareTo(settings.maxLifetime()) > 0) {
            throw MintError.INVALID_REQUEST.because(
                    "lifespanSeconds must not be above the realm's " + "gatehouse.mint.maxLifetime, which is "
                            + settings.maxLifetime().toSeconds() + " seconds");
        }
        return lifespan;
    }

    /** The verdict on one more mail to the account, if there must be none. The backend is trusted to know it. */
    private Optional<Verdict> stops(UserModel user) {
        Verdict verdict = session.getProvider(Limiter.class)
                .acquire(
                        realm,
                        Attempt.at(SendLimits.ENDPOINT, LimitRule.SEND_NAME)
                                .naming(Accounts.normalized(user.getEmail())));
        return verdict.goesOn() ? Optional.empty() : Optional.of(verdict);
    }
}
