// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Redemption;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.link.Tab;
import dev.gatehouse.core.secret.NumericCode;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Quota;
import dev.gatehouse.spi.limit.Verdict;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.UserModel;

/**
 * Somebody types a code in the tab that waits. A try is counted before the code is looked at, in no transaction of the
 * request, by the mail it is for and by the account; for an address of nobody everything is counted and compared as for
 * one that has an account. What is right is given back.
 */
final class CodeEntry {

    /** Five tries a code. No code lives longer than this. */
    private static final Rate A_CODE = new Rate(5, Duration.ofHours(2));

    /** Over all tabs and browsers: a stranger who asks for mails again and again gets no more guesses than these. */
    private static final List<Rate> AN_ACCOUNT =
            List.of(new Rate(20, Duration.ofHours(1)), new Rate(50, Duration.ofDays(1)));

    private final AuthenticationFlowContext context;
    private final MagicLinks links;
    private final Accounts accounts;
    private final WaitingTab tab;
    private final Tab place;
    private final Limiter limiter;

    CodeEntry(AuthenticationFlowContext context, MagicLinks links, Accounts accounts, WaitingTab tab, Tab place) {
        this.context = context;
        this.links = links;
        this.accounts = accounts;
        this.tab = tab;
        this.place = place;
        this.limiter = context.getSession().getProvider(Limiter.class);
    }

    /** Consumes the link whose code {@code typed} is, if it may sign somebody in now. */
    Redemption redeem(NumericCode typed) {
        Optional<String> token = tab.tokenHash();
        Optional<Secret> nonce = tab.nonce();
        if (token.isEmpty() || nonce.isEmpty()) {
            return new Redemption(null, Refusal.NOT_FOUND);
        }
        @Nullable Link link = links.of(token.get()).orElse(null);
        @Nullable String userId = link == null ? null : link.userId();
        // One counter for a code whatever is known of it by now: a second one would tell when, and that, an account was
        // found.
        Verdict byCode =
                limiter.acquireStrictly(context.getRealm(), Quota.of("code", token.get(), Bucket.Area.KNOWN, A_CODE));
        if (!byCode.goesOn()) {
            return refused(link, byCode, Refusal.CODE_SPENT);
        }
        Bucket.Area area = userId == null ? Bucket.Area.TYPED : Bucket.Area.KNOWN;
        // By the account where there is one: how often it is tried must not depend on how its address is written.
        String whose = userId == null ? Accounts.hashOf(tab.address()) : userId;
        Verdict byAccount = limiter.acquireStrictly(
                context.getRealm(), new Quota("code-account", AN_ACCOUNT, whose, area, tab.address()));
        if (!byAccount.goesOn()) {
            return refused(link, byAccount, Refusal.CODE_LIMITED);
        }
        Redemption redemption = redeem(token.get(), typed, nonce.get());
        if (redemption.accepted().isPresent()) {
            limiter.giveBack(byAccount);
            limiter.giveBack(byCode);
        }
        return redemption;
    }

    /** Looks before it takes: a right code that may not sign in now leaves the link as it is. */
    private Redemption redeem(String token, NumericCode typed, Secret nonce) {
        Redemption looked = links.look(token, typed, place, nonce);
        if (looked.accepted().isEmpty()) {
            return looked;
        }
        Link link = looked.accepted().get();
        Optional<Refusal> refusal = Optional.ofNullable(link.userId()).flatMap(id -> refusal(id, link.addressHash()));
        return refusal.isPresent() ? new Redemption(link, refusal.get()) : links.redeem(token, typed, place, nonce);
    }

    private Optional<Refusal> refusal(String userId, String addressHash) {
        @Nullable UserModel user = accounts.byId(userId).orElse(null);
        Optional<Refusal> refusal = accounts.refusal(user, addressHash);
        return refusal.isEmpty() && user != null && accounts.isShutForCodes(user)
                ? Optional.of(Refusal.LOCKED)
                : refusal;
    }

    private static Redemption refused(@Nullable Link link, Verdict verdict, Refusal refusal) {
        return new Redemption(
                link, verdict.outcome() == Verdict.Outcome.UNAVAILABLE ? Refusal.CODE_UNCOUNTED : refusal);
    }
}
