// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.time.Duration;
import java.time.InstantSource;

import dev.gatehouse.core.singleuse.SingleUseStore;

/**
 * Links that a backend has made, over one {@linkplain SingleUseStore store}. They are a kind of their own: nobody asked
 * for them in a browser, so no browser is the right one.
 *
 * <p>Guaranteed: of any number of concurrent attempts to redeem one link at most one succeeds; looking changes nothing; a
 * link is accepted for its own client and redirect address only, and an attempt for others does not consume it. Not
 * guaranteed: that whoever redeems it is the person it was made for. Who has the link has the account's first factor.
 */
public final class MintedLinks {

    /** How much longer than its validity a record is kept, so that a late click is told that the time is over. */
    private static final Duration AFTERLIFE = Duration.ofMinutes(10);

    private final SingleUseStore store;
    private final InstantSource clock;

    public MintedLinks(SingleUseStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Keeps {@code link} under the hash of the token that is handed out. */
    public void issue(String tokenHash, MintedLink link) {
        store.issue(
                key(tokenHash),
                link.toRecord(),
                Duration.between(clock.instant(), link.expiresAt()).plus(AFTERLIFE));
    }

    /** Whether a sign-in may begin with this link. Changes nothing, whoever asks and however often. */
    public MintedRedemption look(String tokenHash) {
        return store.peek(key(tokenHash))
                .map(MintedLink::of)
                .map(this::inTime)
                .orElseGet(() -> MintedRedemption.refused(Refusal.NOT_FOUND, null));
    }

    /** Whether the link could be redeemed now in a sign-in of this client and redirect address. Changes nothing. */
    public MintedRedemption look(String tokenHash, String clientId, String redirectUri) {
        MintedRedemption looked = look(tokenHash);
        return looked.accepted()
                .filter(link ->
                        !link.clientId().equals(clientId) || !link.redirectUri().equals(redirectUri))
                .map(link -> MintedRedemption.refused(Refusal.OTHER_CLIENT, link))
                .orElse(looked);
    }

    /** Consumes the link. A sign-in in which it could not be redeemed does not consume it. */
    public MintedRedemption redeem(String tokenHash, String clientId, String redirectUri) {
        MintedRedemption looked = look(tokenHash, clientId, redirectUri);
        if (looked.accepted().isEmpty()) {
            return looked;
        }
        return store.consume(key(tokenHash))
                .map(MintedLink::of)
                .map(MintedRedemption::of)
                .orElseGet(() -> MintedRedemption.refused(Refusal.USED, looked.link()));
    }

    private MintedRedemption inTime(MintedLink link) {
        return clock.instant().isBefore(link.expiresAt())
                ? MintedRedemption.of(link)
                : MintedRedemption.refused(Refusal.EXPIRED, link);
    }

    private static String key(String tokenHash) {
        return "gatehouse.magic-link.minted." + tokenHash;
    }
}
