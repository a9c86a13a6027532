// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys, and the policy of when to ask for them.
 *
 * <ul>
 *   <li>Older than the soft age: one request asks anew and waits for the answer, all others go on with the keys there are. It is a
 *       request and not a timer, because between requests a function is frozen. After a failure the next try is
 *       {@link #PAUSE} later.
 *   <li>Older than the hard age: the keys are trusted no more, and tokens are refused until there are new ones.
 *   <li>A key that is not there may be new: ask, all requests together once, and no more often than {@link RefreshBudget} allows,
 *       for anybody can make up names of keys. What was asked for in vain is not asked for again at once.
 *   <li>A new set replaces the old one whole: a key that the issuer has withdrawn is gone.
 * </ul>
 *
 * <p>No lock is held while anything is fetched, and a request that finds its key in a fresh set takes none.
 */
final class KeyRing {

    static final Duration PAUSE = Duration.ofSeconds(30);

    private final KeyServer server;
    private final Set<Algorithm> algorithms;
    private final InstantSource time;
    private final Duration softAge;
    private final Duration hardAge;
    private final UnknownKeys unknown = new UnknownKeys();
    private volatile @Nullable KeySet current;

    // The rest is guarded by this.
    private final RefreshBudget budget = new RefreshBudget();
    private @Nullable Flight flight;
    private @Nullable Instant failedAt;
    private String problem = "it was not asked yet";

    KeyRing(VerifierBuilder settings) {
        this.server = new KeyServer(settings.jwksUri, settings.connectTimeout, settings.readTimeout);
        this.algorithms = EnumSet.copyOf(settings.algorithms);
        this.time = settings.time;
        this.softAge = settings.refreshKeysAfter;
        this.hardAge = settings.discardKeysAfter;
    }

    /**
     * The key with which to check a token.
     *
     * @throws TokenRefusedException {@link Refusal#UNKNOWN_KEY}, {@link Refusal#WRONG_ALGORITHM} or
     *     {@link Refusal#KEYS_UNAVAILABLE}
     */
    PublicKey find(String id, Algorithm algorithm) throws TokenRefusedException {
        KeySet known = current;
        Instant now = time.instant();
        if (known == null || known.isOlderThan(hardAge, now)) {
            known = replaced(known, now);
        } else if (known.isOlderThan(softAge, now)) {
            known = refreshed(known, now);
        }
        PublicKey key = known.find(id, algorithm);
        return key == null ? findAnew(known, id, algorithm, now) : key;
    }

    private PublicKey findAnew(KeySet known, String id, Algorithm algorithm, Instant now) throws TokenRefusedException {
        if (!unknown.contains(id, now)) {
            KeySet newer = newerThan(known, now);
            PublicKey key = newer == null ? null : newer.find(id, algorithm);
            if (key != null) {
                return key;
            }
            if (newer != null) {
                unknown.add(id, now);
            }
        }
        throw new TokenRefusedException(Refusal.UNKNOWN_KEY, "the issuer publishes no usable key " + Quoted.of(id));
    }

    private KeySet replaced(@Nullable KeySet known, Instant now) throws TokenRefusedException {
        KeySet newer = newerThan(known, now);
        if (newer == null || newer.isOlderThan(hardAge, now)) {
            throw unavailable();
        }
        return newer;
    }

    /** Never fails: with a usable set in hand, an issuer that does not answer is no reason to refuse anybody. */
    private KeySet refreshed(KeySet known, Instant now) {
        Flight own;
        synchronized (this) {
            settle();
            KeySet landed = current;
            if (landed != null && landed != known) {
                return landed;
            }
            if (flight != null || isPausing(now)) {
                return known;
            }
            own = depart(now);
        }
        KeySet newer = arrive(own);
        return newer == null ? known : newer;
    }

    /**
     * A set that is not the one that the caller has looked at, or {@code null} when the last answer was good but it is too early to
     * ask again.
     */
    private @Nullable KeySet newerThan(@Nullable KeySet known, Instant now) throws TokenRefusedException {
        Flight joined;
        synchronized (this) {
            settle();
            if (current != known) {
                return current;
            }
            if (flight == null && !budget.take(now)) {
                if (failedAt != null) {
                    throw unavailable();
                }
                return null;
            }
            joined = flight == null ? depart(now) : flight;
        }
        KeySet newer = arrive(joined);
        if (newer == null) {
            throw unavailable();
        }
        return newer;
    }

    private synchronized Flight depart(Instant now) {
        Flight started = new Flight(server, algorithms, now);
        flight = started;
        started.start();
        return started;
    }

    private @Nullable KeySet arrive(Flight awaited) {
        awaited.await();
        synchronized (this) {
            settle();
        }
        return awaited.keys();
    }

    /** Takes over what the last fetch has brought. Also called before the next: its waiters may all have been interrupted. */
    private synchronized void settle() {
        Flight over = flight;
        if (over == null || !over.isOver()) {
            return;
        }
        flight = null;
        KeySet keys = over.keys();
        if (keys == null) {
            failedAt = over.startedAt();
            problem = over.problem();
        } else {
            failedAt = null;
            current = keys;
        }
    }

    private synchronized boolean isPausing(Instant now) {
        return failedAt != null && Duration.between(failedAt, now).abs().compareTo(PAUSE) < 0;
    }

    private synchronized TokenRefusedException unavailable() {
        return new TokenRefusedException(
                Refusal.KEYS_UNAVAILABLE, "no keys from " + server.address() + " (" + problem + ")");
    }
}
