// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether a try goes through, asks the shared store for that, and does without it while it is away.
 *
 * <p>One for the life of a process: its own count is fed while the store works and is never emptied when the store's
 * state changes, so a store that comes and goes hands out no new budget.
 */
public final class RateLimiter {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PermitStore store;
    private final LocalPermitStore local;
    private final FailureMode failureMode;
    private final StoreWatch watch;
    private final Breaker breaker;

    /**
     * @param store where permits are counted
     * @param local the process's own count; may be the same object as {@code store}
     * @param failureMode what to do while {@code store} is away
     * @param clock tells when to ask a failed store again
     * @param watch is told of the store's failures
     */
    public RateLimiter(
            PermitStore store, LocalPermitStore local, FailureMode failureMode, InstantSource clock, StoreWatch watch) {
        this.store = store;
        this.local = local;
        this.failureMode = failureMode;
        this.watch = watch;
        this.breaker = new Breaker(clock, PAUSE);
    }

    /**
     * Asks for one permit of each bucket, all or none.
     *
     * <p>The buckets are asked one after the other. If a later one is full, what the earlier ones gave is given back; a
     * try that races with this may be refused by an earlier bucket although it would have had room a moment later. The
     * other way round, a try too many, does not happen.
     */
    public Decision acquire(List<Bucket> buckets) {
        return decided(from -> take(from, buckets));
    }

    /**
     * What {@link #acquire} would decide now, without counting anything. For requests of which nobody knows yet whether
     * they are tries at all: of those that are under way at the same time all may see the same room.
     */
    public Decision look(List<Bucket> buckets) {
        return decided(from -> looked(from, buckets));
    }

    /**
     * As {@link #acquire}, for guesses at a secret that is short enough to be guessed: while the store is away none goes
     * through, whatever the failure mode says.
     */
    public Decision acquireStrictly(List<Bucket> buckets) {
        return shared(from -> take(from, buckets)).orElseGet(() -> new Decision.Unavailable(PAUSE));
    }

    /** Gives permits back. While the store is away they stay counted there: a wait may be longer than it had to be. */
    public void giveBack(Decision.Allowed allowed) {
        allowed.permits().forEach(permit -> {
            local.giveBack(permit.bucket(), permit.local());
            String shared = permit.shared();
            Optional<Breaker.Pass> pass = shared == null ? Optional.empty() : breaker.pass();
            if (shared != null && pass.isPresent()) {
                try {
                    store.giveBack(permit.bucket(), shared);
                    worked(pass.get());
                } catch (StoreUnavailableException e) {
                    failed(e);
                }
            }
        });
    }

    /**
     * Empties every counter that names one of {@code subjects}: here in any case, and in the store.
     *
     * @param life the longest window that such a counter has
     * @throws StoreUnavailableException if the store could not be told
     */
    public void clear(List<String> subjects, Duration life) {
        subjects.forEach(subject -> local.clear(subject, life));
        if (store != local) {
            try {
                subjects.forEach(subject -> store.clear(subject, life));
            } catch (StoreUnavailableException e) {
                failed(e);
                throw e;
            }
        }
    }

    /** What the store decides; what the failure mode says, if it is away. */
    private Decision decided(Function<PermitStore, Decision> question) {
        return shared(question).orElseGet(() -> switch (failureMode) {
            case LOCAL -> question.apply(local);
            case ALLOW -> new Decision.Allowed(List.of(), Integer.MAX_VALUE);
            case DENY -> new Decision.Unavailable(PAUSE);
        });
    }

    /** What the store decides; empty if it is away. */
    private Optional<Decision> shared(Function<PermitStore, Decision> question) {
        Optional<Breaker.Pass> pass = breaker.pass();
        if (pass.isEmpty()) {
            return Optional.empty();
        }
        Decision decision;
        try {
            decision = question.apply(store);
            worked(pass.get());
        } catch (StoreUnavailableException e) {
            failed(e);
            return Optional.empty();
        }
        if (store != local && decision instanceof Decision.Allowed allowed) {
            return Optional.of(allowed.with(permit -> permit.sharedAndHere(local.record(permit.bucket()))));
        }
        return Optional.of(decision);
    }

    /** The permits that this gives carry their name in {@code from} as the local one. */
    private Decision take(PermitStore from, List<Bucket> buckets) {
        List<Permit> permits = new ArrayList<>(buckets.size());
        int left = Integer.MAX_VALUE;
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            PermitStore.Answer answer = from.take(bucket);
            if (answer instanceof PermitStore.Answer.Full full) {
                return refusal(from, permits, bucket, full.retryAfter(), buckets.subList(i + 1, buckets.size()));
            }
            PermitStore.Answer.Taken taken = (PermitStore.Answer.Taken) answer;
            permits.add(new Permit(bucket, null, taken.permit()));
            left = Math.min(left, taken.left());
        }
        return new Decision.Allowed(permits, left);
    }

    private static Decision looked(PermitStore from, List<Bucket> buckets) {
        Bucket tightest = buckets.get(0);
        Duration longest = Duration.ZERO;
        for (Bucket bucket : buckets) {
            Duration wait = from.peek(bucket);
            if (wait.compareTo(longest) > 0) {
                tightest = bucket;
                longest = wait;
            }
        }
        return longest.isZero()
                ? new Decision.Allowed(List.of(), Integer.MAX_VALUE)
                : new Decision.Refused(tightest, longest);
    }

    private Decision.Refused refusal(
            PermitStore from, List<Permit> permits, Bucket full, Duration wait, List<Bucket> rest) {
        Bucket tightest = full;
        Duration longest = wait;
        try {
            permits.forEach(permit -> from.giveBack(permit.bucket(), permit.local()));
            for (Bucket bucket : rest) {
                Duration other = from.peek(bucket);
                if (other.compareTo(longest) > 0) {
                    tightest = bucket;
                    longest = other;
                }
            }
        } catch (StoreUnavailableException e) {
            // It went away after it had refused, and no failure mode makes a refused try go through.
            failed(e);
        }
        return new Decision.Refused(tightest, longest);
    }

    private void worked(Breaker.Pass pass) {
        if (breaker.worked(pass)) {
            watch.back();
        }
    }

    private void failed(StoreUnavailableException why) {
        watch.failed();
        if (breaker.failed()) {
            watch.away(why);
        }
    }
}
