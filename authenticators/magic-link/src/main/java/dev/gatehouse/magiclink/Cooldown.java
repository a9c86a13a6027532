// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Quota;
import dev.gatehouse.spi.limit.Verdict;
import org.keycloak.authentication.AuthenticationFlowContext;

/**
 * How long one browser waits before it may ask again: once, twice, then four times the wait that is set. As many messages
 * to one address as the realm allows end it for longer, so that nobody waits for a message that would be dropped in
 * silence. It is keyed to the browser's login, never to an address alone: nobody can use up somebody else's.
 */
final class Cooldown {

    /** How long it is remembered how often a browser asked. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final AuthenticationFlowContext context;
    private final Limiter limiter;
    private final String login;

    /** After any message; of all that ask at the same moment it lets one through. */
    private final Quota once;

    private final Quota twice;
    private final Quota fourTimes;
    private final Quota count;

    Cooldown(AuthenticationFlowContext context, Duration wait) {
        this.context = context;
        this.limiter = context.getSession().getProvider(Limiter.class);
        this.login = context.getAuthenticationSession().getParentSession().getId();
        this.once = quota("resend", login, new Rate(1, wait));
        this.twice = quota("resend-twice", login, new Rate(1, wait.multipliedBy(2)));
        this.fourTimes = quota("resend-often", login, new Rate(1, wait.multipliedBy(4)));
        this.count = quota("resend-count", login, new Rate(2, MEMORY));
    }

    /** Whether this browser may ask for a message to {@code address} now; then it may not for a while. */
    boolean lets(String address) {
        if (waits(twice) || waits(fourTimes)) {
            return false;
        }
        Verdict first = acquire(once);
        if (!first.goesOn()) {
            return false;
        }
        if (!byAddress(address).stream().allMatch(quota -> acquire(quota).goesOn())) {
            limiter.giveBack(first);
            return false;
        }
        Verdict counted = acquire(count);
        if (!counted.goesOn()) {
            Verdict unused = acquire(fourTimes);
        } else if (counted.permits() != null && counted.permits().left() == 0) {
            Verdict unused = acquire(twice);
        }
        return true;
    }

    /** How long the browser still waits before it may ask for a message to {@code address}. */
    Duration left(String address) {
        return Stream.concat(Stream.of(once, twice, fourTimes), byAddress(address).stream())
                .map(quota -> limiter.look(context.getRealm(), quota).retryAfter())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private List<Quota> byAddress(String address) {
        return limiter.enforced(context.getRealm(), LimitRule.SEND_NAME).stream()
                .map(rate -> quota("resend-address", login + " " + Accounts.hashOf(address), rate))
                .toList();
    }

    private Verdict acquire(Quota quota) {
        return limiter.acquire(context.getRealm(), quota);
    }

    private boolean waits(Quota quota) {
        return !limiter.look(context.getRealm(), quota).goesOn();
    }

    /** A login is made by whoever opens the page: its counters must not push out those of accounts. */
    private static Quota quota(String rule, String subject, Rate rate) {
        return Quota.of(rule, subject, Bucket.Area.TYPED, rate);
    }
}
