// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.TypedName;
import dev.gatehouse.core.net.IpAddress;
import dev.gatehouse.core.secret.KeyedHash;
import org.jspecify.annotations.Nullable;

/**
 * The counters that an attempt is counted in. Their keys are hashed with a secret of the realm: a store holds no name
 * and no address, and nobody without the secret can find out whose counter one is.
 */
final class LimitKeys {

    /** 144 bits: two of any number of keys that fit into a store are never the same. */
    private static final int KEY_BYTES = 18;

    /** An office, a household: who gets an IPv6 network gets at least this one for each line. */
    private static final int V6_LINE = 64;

    /** What one customer of a provider can have is many lines: they share a budget too, a wider one. */
    private static final List<Wide> V6_WIDE = List.of(new Wide(56, 4), new Wide(48, 16));

    private static final String ALL_COUNTERS = "all";

    private final KeyedHash hash;
    private final Optional<IpAddress> address;
    private final Optional<String> mark;

    private record Wide(int prefix, int factor) {}

    /**
     * @param secret of the realm
     * @param address of the client; without one, all such clients share their counters
     * @param mark of the client's browser, if it is known to whom it belongs
     */
    LimitKeys(byte[] secret, Optional<IpAddress> address, Optional<String> mark) {
        this.hash = new KeyedHash(secret);
        this.address = address;
        this.mark = mark;
    }

    /** The counters of one quota, one for each of its rates. */
    List<Bucket> buckets(Quota quota) {
        List<String> subjects = subjects(quota.name());
        return quota.rates().stream()
                .map(rate -> {
                    // Two rates of one quota are two counters.
                    String size = rate.permits() + "/" + rate.window().toSeconds();
                    return mark.map(id -> new Bucket(
                                    quota.rule(),
                                    rate,
                                    Bucket.Area.KNOWN,
                                    key("quota-mark", quota.rule(), size, id),
                                    subjects))
                            .orElseGet(() -> new Bucket(
                                    quota.rule(),
                                    rate,
                                    quota.area(),
                                    key("quota", quota.rule(), size, quota.subject()),
                                    subjects));
                })
                .toList();
    }

    /** The counters of one rule. */
    List<Bucket> buckets(LimitRule rule, Rate rate, Attempt attempt) {
        List<String> subjects = subjects(attempt.name());
        Set<LimitRule.KeyPart> parts = rule.parts();
        String endpoint = parts.contains(LimitRule.KeyPart.ENDPOINT) ? attempt.endpoint() : "";
        if (mark.isPresent()) {
            // Nothing that a stranger does counts here.
            return List.of(new Bucket(
                    rule.text(), rate, Bucket.Area.KNOWN, key("mark", rule.text(), endpoint, mark.get()), subjects));
        }
        if (parts.contains(LimitRule.KeyPart.NAME)) {
            String name = attempt.name() == null ? "" : TypedName.canonical(attempt.name());
            String from = parts.contains(LimitRule.KeyPart.ADDRESS) ? network(V6_LINE) : "";
            return List.of(new Bucket(
                    rule.text(), rate, Bucket.Area.TYPED, key("name", rule.text(), endpoint, from, name), subjects));
        }
        List<Bucket> buckets = new ArrayList<>();
        buckets.add(byAddress(rule, rate, endpoint, V6_LINE));
        if (address.map(IpAddress::isV6).orElse(false)) {
            V6_WIDE.forEach(wide -> buckets.add(byAddress(rule, rate.times(wide.factor()), endpoint, wide.prefix())));
        }
        return buckets;
    }

    private List<String> subjects(@Nullable String name) {
        return name == null ? List.of(realmSubject()) : List.of(realmSubject(), subject(name));
    }

    /** What empties all counters of the realm. */
    String realmSubject() {
        return key("subject", ALL_COUNTERS);
    }

    /** What empties the counters of one name. */
    String subject(String name) {
        return key("subject", "name", TypedName.canonical(name));
    }

    private Bucket byAddress(LimitRule rule, Rate rate, String endpoint, int prefix) {
        return new Bucket(
                rule.text(),
                rate,
                Bucket.Area.ADDRESS,
                key("address", rule.text(), endpoint, network(prefix)),
                List.of(realmSubject()));
    }

    private String network(int v6Prefix) {
        return address.map(it -> it.network(it.isV6() ? v6Prefix : 32)).orElse("unknown");
    }

    private String key(String... parts) {
        return hash.text(KEY_BYTES, parts);
    }
}
