// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.List;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Rate;
import org.jspecify.annotations.Nullable;

/**
 * How often something may be tried that no switch of a realm exempts: a secret that is short enough to be guessed, or a
 * mail that one browser asks for again and again.
 *
 * @param rule what it is called in metrics
 * @param rates all of them have to have room
 * @param subject whose tries they are: an id of the server's own, or a hash of what was typed
 * @param area who chose the subject
 * @param name the name whose marked browsers have a budget of their own, and with which the counters are cleared; null
 *     if there is none
 */
public record Quota(
        String rule,
        List<Rate> rates,
        String subject,
        Bucket.Area area,
        @Nullable String name) {

    public Quota {
        rates = List.copyOf(rates);
    }

    /** A quota of a subject that names nobody. */
    public static Quota of(String rule, String subject, Bucket.Area area, Rate... rates) {
        return new Quota(rule, List.of(rates), subject, area, null);
    }

    /** The same for somebody's account. */
    public Quota naming(String typed) {
        return new Quota(rule, rates, subject, area, typed);
    }
}
