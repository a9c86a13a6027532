// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Decision;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.RateLimiter;
import dev.gatehouse.core.net.IpAddress;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.address.ClientAddresses;
import dev.gatehouse.spi.device.DeviceMarks;
import dev.gatehouse.spi.secret.RealmSecret;
import dev.gatehouse.spi.settings.RealmAttributes;
import dev.gatehouse.spi.settings.ToldProblems;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The limiter for one request: the realm's rules, the client's address, the browser's mark. */
final class RealmLimiter implements Limiter {

    /** What the deny-list is called where a rule would be named. */
    private static final String DENY_LIST = "deny-list";

    private static final String PURPOSE = "limits";

    private final KeycloakSession session;
    private final RateLimiter limiter;
    private final ClientAddresses addresses;
    private final LimitMetrics metrics;
    private final ToldProblems told;

    /** A request asks several times, and the realm's key is the same for all of it. */
    private final Map<String, byte[]> secrets = new HashMap<>();

    RealmLimiter(
            KeycloakSession session,
            RateLimiter limiter,
            ClientAddresses addresses,
            LimitMetrics metrics,
            ToldProblems told) {
        this.session = session;
        this.limiter = limiter;
        this.addresses = addresses;
        this.metrics = metrics;
        this.told = told;
    }

    @Override
    public Verdict acquire(RealmModel realm, Attempt attempt) {
        Judged judged = judge(realm, attempt, limiter::acquire);
        if (judged.verdict().outcome() == Verdict.Outcome.ALLOWED) {
            counted(attempt);
        }
        return judged.verdict();
    }

    @Override
    public Look look(RealmModel realm, Attempt attempt) {
        Judged judged = judge(realm, attempt, limiter::look);
        return new Look(judged.verdict(), () -> {
            if (limiter.acquire(judged.buckets()) instanceof Decision.Allowed) {
                counted(attempt);
            }
        });
    }

    @Override
    public Verdict acquire(RealmModel realm, Quota quota) {
        return judge(realm, quota, limiter::acquire);
    }

    @Override
    public Verdict acquireStrictly(RealmModel realm, Quota quota) {
        return judge(realm, quota, limiter::acquireStrictly);
    }

    @Override
    public Verdict look(RealmModel realm, Quota quota) {
        return answer(quota.rule(), limiter.look(keys(realm, quota.name()).buckets(quota)));
    }

    private Verdict judge(RealmModel realm, Quota quota, Function<List<Bucket>, Decision> question) {
        Verdict verdict =
                answer(quota.rule(), question.apply(keys(realm, quota.name()).buckets(quota)));
        metrics.decided(quota.rule(), verdict.outcome());
        return verdict;
    }

    private static Verdict answer(String rule, Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            return Verdict.goingOn(Verdict.Outcome.ALLOWED, allowed);
        }
        return decision instanceof Decision.Refused refused
                ? new Verdict(Verdict.Outcome.REFUSED, rule, refused.retryAfter(), null)
                : new Verdict(Verdict.Outcome.UNAVAILABLE, rule, ((Decision.Unavailable) decision).retryAfter(), null);
    }

    @Override
    public Optional<Rate> enforced(RealmModel realm, LimitRule rule) {
        Settings limits = RealmAttributes.read(realm, List.of(RealmLimits.MODE, rule.setting()), told);
        return limits.get(RealmLimits.MODE) == RealmLimits.Mode.ENFORCE
                ? Optional.of(limits.get(rule.setting()))
                : Optional.empty();
    }

    @Override
    public Optional<IpAddress> clientAddress() {
        return addresses.of(session);
    }

    /** A verdict, and the counters that it is about. */
    private record Judged(Verdict verdict, List<Bucket> buckets) {}

    private Judged judge(RealmModel realm, Attempt attempt, Function<List<Bucket>, Decision> question) {
        Settings limits = RealmAttributes.read(realm, RealmLimits.ALL, told);
        RealmLimits.Mode mode = limits.get(RealmLimits.MODE);
        Optional<IpAddress> address = addresses.of(session);
        if (mode == RealmLimits.Mode.OFF
                || address.filter(limits.get(RealmLimits.ALLOW)::contains).isPresent()) {
            return new Judged(Verdict.goingOn(Verdict.Outcome.EXEMPT, null), List.of());
        }
        if (address.filter(limits.get(RealmLimits.DENY)::contains).isPresent()) {
            return new Judged(stopped(mode, Verdict.Outcome.DENIED, DENY_LIST, Duration.ZERO), List.of());
        }
        List<Bucket> buckets = buckets(realm, limits, attempt, address);
        Decision decision = question.apply(buckets);
        if (limits.get(RealmLimits.HEADERS) && attempt.rules().stream().noneMatch(LimitRule::isSilent)) {
            headers(buckets, decision);
        }
        return new Judged(verdict(mode, attempt, decision), buckets);
    }

    private Verdict verdict(RealmLimits.Mode mode, Attempt attempt, Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            return Verdict.goingOn(Verdict.Outcome.ALLOWED, allowed);
        }
        if (decision instanceof Decision.Refused refused) {
            return stopped(mode, Verdict.Outcome.REFUSED, refused.bucket().rule(), refused.retryAfter());
        }
        Decision.Unavailable unavailable = (Decision.Unavailable) decision;
        return stopped(mode, Verdict.Outcome.UNAVAILABLE, attempt.rules().get(0).text(), unavailable.retryAfter());
    }

    private void counted(Attempt attempt) {
        attempt.rules().forEach(rule -> metrics.decided(rule.text(), Verdict.Outcome.ALLOWED));
    }

    @Override
    public void giveBack(Verdict verdict) {
        if (verdict.permits() != null) {
            limiter.giveBack(verdict.permits());
        }
    }

    @Override
    public void clear(RealmModel realm, UserModel user) {
        LimitKeys keys = keys(realm, Optional.empty(), Optional.empty());
        limiter.clear(
                Stream.of(user.getUsername(), user.getEmail())
                        .filter(Objects::nonNull)
                        .map(keys::subject)
                        .toList(),
                Rate.LONGEST);
    }

    @Override
    public void clearAll(RealmModel realm) {
        limiter.clear(List.of(keys(realm, Optional.empty(), Optional.empty()).realmSubject()), Rate.LONGEST);
    }

    private Verdict stopped(RealmLimits.Mode mode, Verdict.Outcome outcome, String rule, Duration retryAfter) {
        if (mode == RealmLimits.Mode.OBSERVE) {
            metrics.decided(rule, Verdict.Outcome.OBSERVED);
            return Verdict.goingOn(Verdict.Outcome.OBSERVED, null);
        }
        metrics.decided(rule, outcome);
        return new Verdict(outcome, rule, retryAfter, null);
    }

    private List<Bucket> buckets(RealmModel realm, Settings limits, Attempt attempt, Optional<IpAddress> address) {
        Optional<String> mark = limits.get(DeviceMarks.SWITCH) ? markOf(realm, attempt.name()) : Optional.empty();
        LimitKeys keys = keys(realm, address, mark);
        List<Bucket> buckets = new ArrayList<>();
        for (LimitRule rule : attempt.rules()) {
            Rate rate = attempt.rates().getOrDefault(rule, limits.get(rule.setting()));
            buckets.addAll(keys.buckets(rule, rate, attempt));
        }
        return buckets;
    }

    private LimitKeys keys(RealmModel realm, @Nullable String name) {
        return keys(
                realm,
                Optional.empty(),
                RealmAttributes.isOn(realm, DeviceMarks.SWITCH) ? markOf(realm, name) : Optional.empty());
    }

    private Optional<String> markOf(RealmModel realm, @Nullable String name) {
        return name == null ? Optional.empty() : DeviceMarks.markOf(session, realm, name);
    }

    private LimitKeys keys(RealmModel realm, Optional<IpAddress> address, Optional<String> mark) {
        return new LimitKeys(
                secrets.computeIfAbsent(realm.getId(), id -> RealmSecret.of(session, realm, PURPOSE)), address, mark);
    }

    /** On the response itself: they are there whatever page or document is the answer. */
    private void headers(List<Bucket> buckets, Decision decision) {
        var response = session.getContext().getHttpResponse();
        response.setHeader(
                "RateLimit-Policy",
                buckets.stream()
                        .map(bucket -> "\"" + bucket.rule() + "\";q="
                                + bucket.rate().permits() + ";w="
                                + bucket.rate().window().toSeconds())
                        .distinct()
                        .collect(Collectors.joining(", ")));
        if (decision instanceof Decision.Refused refused) {
            response.setHeader(
                    "RateLimit",
                    "\"" + refused.bucket().rule() + "\";r=0;t="
                            + (refused.retryAfter().toMillis() + 999) / 1000);
        }
    }
}
