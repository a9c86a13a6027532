// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Decision;
import dev.gatehouse.core.limit.FailureMode;
import dev.gatehouse.core.limit.LocalPermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.RateLimiter;
import dev.gatehouse.core.limit.StoreWatch;
import dev.gatehouse.core.net.IpAddress;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Look;
import dev.gatehouse.spi.limit.Quota;
import dev.gatehouse.spi.limit.Verdict;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A limiter that decides what a test told it, and writes down who asked for what. */
public final class RecordingLimiter implements Limiter {

    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Verdict> givenBack = new ArrayList<>();
    private final List<Attempt> counted = new ArrayList<>();
    private final List<String> cleared = new ArrayList<>();
    private final Map<LimitRule, Verdict> full = new EnumMap<>(LimitRule.class);
    private Verdict next = new Verdict(Verdict.Outcome.ALLOWED, "", Duration.ZERO, new Decision.Allowed(List.of(), 1));
    private final Map<String, Verdict> told = new HashMap<>();
    private final RateLimiter quotas;
    private @Nullable RuntimeException broken;
    private Runnable asked = () -> {};

    /** Quotas are counted, and never forgotten. */
    public RecordingLimiter() {
        this(InstantSource.fixed(Instant.EPOCH));
    }

    /** Quotas are counted by {@code clock}. */
    public RecordingLimiter(InstantSource clock) {
        LocalPermitStore store = new LocalPermitStore(clock, 1000);
        quotas = new RateLimiter(
                store,
                store,
                FailureMode.LOCAL,
                clock,
                Stub.of(StoreWatch.class).get());
    }

    /** There is no room from now on. */
    public RecordingLimiter refuses(String rule, Duration retryAfter) {
        next = new Verdict(Verdict.Outcome.REFUSED, rule, retryAfter, null);
        return this;
    }

    /** There is no room from now on for what {@code rule} counts; everything else goes on. */
    public RecordingLimiter refuses(LimitRule rule, Duration retryAfter) {
        full.put(rule, new Verdict(Verdict.Outcome.REFUSED, rule.text(), retryAfter, null));
        return this;
    }

    /** Decides {@code outcome} from now on, with nothing to wait for. */
    public RecordingLimiter decides(Verdict.Outcome outcome) {
        next = new Verdict(outcome, "", Duration.ZERO, null);
        return this;
    }

    /** Cannot clear anything from now on. */
    public RecordingLimiter breaks(RuntimeException why) {
        broken = why;
        return this;
    }

    /** What is done whenever somebody asks, before the answer. */
    public RecordingLimiter whenAsked(Runnable action) {
        asked = action;
        return this;
    }

    @Override
    public Verdict acquire(RealmModel realm, Attempt attempt) {
        asked.run();
        attempts.add(attempt);
        return attempt.rules().stream()
                .filter(full::containsKey)
                .map(full::get)
                .findFirst()
                .orElse(next);
    }

    @Override
    public Look look(RealmModel realm, Attempt attempt) {
        return new Look(acquire(realm, attempt), () -> counted.add(attempt));
    }

    /** Every attempt that was counted after a look. */
    public List<Attempt> counted() {
        return List.copyOf(counted);
    }

    @Override
    public Verdict acquire(RealmModel realm, Quota quota) {
        return verdict(quota, quotas::acquire);
    }

    @Override
    public Verdict acquireStrictly(RealmModel realm, Quota quota) {
        return verdict(quota, quotas::acquireStrictly);
    }

    @Override
    public Verdict look(RealmModel realm, Quota quota) {
        return verdict(quota, quotas::look);
    }

    private Verdict verdict(Quota quota, Function<List<Bucket>, Decision> question) {
        if (told.containsKey(quota.rule())) {
            return told.get(quota.rule());
        }
        Decision decision = question.apply(quota.rates().stream()
                .map(rate -> new Bucket(
                        quota.rule(), rate, quota.area(), quota.rule() + " " + rate + " " + quota.subject(), List.of()))
                .toList());
        return decision instanceof Decision.Refused refused
                ? new Verdict(Verdict.Outcome.REFUSED, quota.rule(), refused.retryAfter(), null)
                : new Verdict(Verdict.Outcome.ALLOWED, "", Duration.ZERO, (Decision.Allowed) decision);
    }

    /** There is no answer but {@code verdict} from now on for the quotas of {@code rule}. */
    public RecordingLimiter answers(String rule, Verdict verdict) {
        told.put(rule, verdict);
        return this;
    }

    @Override
    public Optional<Rate> enforced(RealmModel realm, LimitRule rule) {
        return Rate.parse(rule.setting().defaultText());
    }

    @Override
    public Optional<IpAddress> clientAddress() {
        return IpAddress.parse("192.0.2.7");
    }

    @Override
    public void giveBack(Verdict verdict) {
        givenBack.add(verdict);
        if (verdict.permits() != null) {
            quotas.giveBack(verdict.permits());
        }
    }

    @Override
    public void clear(RealmModel realm, UserModel user) {
        clear(realm.getName() + "/" + user.getUsername());
    }

    @Override
    public void clearAll(RealmModel realm) {
        clear(realm.getName());
    }

    private void clear(String whose) {
        if (broken != null) {
            throw broken;
        }
        cleared.add(whose);
    }

    /** Everything that was asked for, the oldest first. */
    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** What somebody asked for, if that happened exactly once. */
    public Attempt onlyAttempt() {
        if (attempts.size() != 1) {
            throw new AssertionError("not one attempt but " + attempts);
        }
        return attempts.get(0);
    }

    /** Every verdict whose permits were given back. */
    public List<Verdict> givenBack() {
        return List.copyOf(givenBack);
    }

    /** Whose counters were cleared: a realm's name, or a realm's and a user's. */
    public List<String> cleared() {
        return List.copyOf(cleared);
    }
}
