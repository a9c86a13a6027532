// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.core.secret.NumericCode;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.singleuse.SingleUseStore;

/**
 * Sign-in links over one {@linkplain SingleUseStore store}.
 *
 * <p>Guaranteed: of any number of concurrent attempts to redeem one link at most one succeeds, by its token or by its
 * code, and of any number of attempts to finish one approval at most one succeeds. Looking changes
 * nothing.
 */
public final class MagicLinks {

    /**
     * How much longer than its validity a link's record is kept, so that a late click is told that the time is over
     * and where to start again. It is not a time in which the link works.
     */
    private static final Duration AFTERLIFE = Duration.ofMinutes(10);

    private final SingleUseStore store;
    private final InstantSource clock;

    public MagicLinks(SingleUseStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Keeps {@code link} under the hash of the token that is mailed, or that nobody ever sees. */
    public void issue(String tokenHash, Link link) {
        Duration validity = Duration.between(clock.instant(), link.expiresAt());
        store.issue(linkKey(tokenHash), link.toRecord(), validity.plus(AFTERLIFE));
    }

    /** Cancels a link that a newer one of the same tab replaces. */
    public void cancel(String tokenHash) {
        // Gone already or not: either way it does not work any more.
        var unused = store.consume(linkKey(tokenHash));
    }

    /** Whether {@code browser} could redeem {@code token} now. Changes nothing, whoever asks and however often. */
    public Redemption look(Secret token, Browser browser) {
        return store.peek(linkKey(token.hash()))
                .map(Link::of)
                .map(link -> check(link, browser))
                .orElseGet(() -> Redemption.refused(Refusal.NOT_FOUND, null));
    }

    /**
     * Consumes the link of {@code token} on behalf of {@code browser}. A browser that may not redeem it does not
     * consume it.
     */
    public Redemption redeem(Secret token, Browser browser) {
        Redemption looked = look(token, browser);
        if (looked.accepted().isEmpty()) {
            return looked;
        }
        return consume(token.hash());
    }

    /** What is kept of the mail with this token, to know whose it is. Changes nothing and decides nothing. */
    public Optional<Link> of(String tokenHash) {
        return store.peek(linkKey(tokenHash)).map(Link::of);
    }

    /**
     * Whether {@code typed} is the code of the mail with this token, and {@code tab}, which holds {@code nonce}, could go on
     * by it now. Changes nothing, and counts nothing: the caller must have counted the try before.
     */
    public Redemption look(String tokenHash, NumericCode typed, Tab tab, Secret nonce) {
        Optional<Link> found = of(tokenHash);
        if (found.isEmpty()) {
            return Redemption.refused(Refusal.NOT_FOUND, null);
        }
        Link link = found.get();
        // Compared in any case: a code of nobody must cost what a code of somebody costs.
        boolean right = typed.matches(nonce, link.codeHash());
        if (!link.tab().equals(tab) || !nonce.matches(link.nonceHash())) {
            return Redemption.refused(Refusal.SUPERSEDED, link);
        }
        if (isOver(link.expiresAt())) {
            return Redemption.refused(Refusal.EXPIRED, link);
        }
        if (!right) {
            return Redemption.refused(Refusal.WRONG_CODE, link);
        }
        return link.redeemable() ? Redemption.of(link) : Redemption.refused(Refusal.NOT_REDEEMABLE, link);
    }

    /** As {@link #look(String, NumericCode, Tab, Secret)}, and consumes the link if the tab can go on. */
    public Redemption redeem(String tokenHash, NumericCode typed, Tab tab, Secret nonce) {
        Redemption looked = look(tokenHash, typed, tab, nonce);
        return looked.accepted().isPresent() ? consume(tokenHash) : looked;
    }

    private Redemption consume(String tokenHash) {
        return store.consume(linkKey(tokenHash))
                .map(Link::of)
                .map(Redemption::of)
                .orElseGet(() -> Redemption.refused(Refusal.USED, null));
    }

    /**
     * Lets the tab of a redeemed link go on within {@code life}, as the account that the link was made for and as no
     * other; or as a new one, if it was made for none that exists.
     *
     * @throws IllegalArgumentException if the link can sign nobody in
     */
    public void approve(Link link, Duration life) {
        if (!link.redeemable()) {
            throw new IllegalArgumentException("A link that can sign nobody in cannot be approved");
        }
        store.issue(
                approvalKey(link.nonceHash()),
                new Approval(link.tab(), link.userId(), link.addressHash()).toRecord(),
                life);
    }

    /** Whether the tab that holds the nonce may go on. Changes nothing. */
    public boolean approved(String nonceHash) {
        return store.peek(approvalKey(nonceHash)).isPresent();
    }

    /** Consumes the approval for the nonce of {@code tab}; empty if there is none, or if it is another tab's. */
    public Optional<Approval> finish(String nonceHash, Tab tab) {
        return store.consume(approvalKey(nonceHash)).map(Approval::of).filter(approval -> approval.tab()
                .equals(tab));
    }

    /** Whether a link that is not accepted from {@code expires} on is not accepted now. */
    public boolean isOver(Instant expires) {
        return !clock.instant().isBefore(expires);
    }

    private Redemption check(Link link, Browser browser) {
        // The order matters to people: who is in the wrong browser is told so, whatever else is wrong.
        if (!browser.owns(link.tab())) {
            return Redemption.refused(Refusal.OTHER_BROWSER, link);
        }
        if (!link.redeemable()) {
            return Redemption.refused(Refusal.NOT_REDEEMABLE, link);
        }
        if (isOver(link.expiresAt())) {
            return Redemption.refused(Refusal.EXPIRED, link);
        }
        if (!browser.has(link.tab())) {
            return Redemption.refused(Refusal.TAB_GONE, link);
        }
        if (browser.nonceHash(link.tab()).filter(link.nonceHash()::equals).isEmpty()) {
            return Redemption.refused(Refusal.SUPERSEDED, link);
        }
        return Redemption.of(link);
    }

    private static String linkKey(String tokenHash) {
        return "gatehouse.magic-link.link." + tokenHash;
    }

    private static String approvalKey(String nonceHash) {
        return "gatehouse.magic-link.approved." + nonceHash;
    }
}
