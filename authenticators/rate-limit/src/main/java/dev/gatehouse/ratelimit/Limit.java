// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;

/** What a step limits, and by which rules. */
@SuppressWarnings("ImmutableEnumChecker") // A List.of never changes; its type cannot say so.
enum Limit {
    LOGIN(LimitRule.LOGIN_ADDRESS, LimitRule.LOGIN_NAME),
    /** By client address only: the budget of a mail address can be spent by strangers, so it is never refused aloud. */
    SEND(LimitRule.SEND_ADDRESS),
    RESET(LimitRule.RESET_ADDRESS),
    REGISTRATION(LimitRule.REGISTRATION_ADDRESS);

    private final List<LimitRule> rules;

    Limit(LimitRule... rules) {
        this.rules = List.of(rules);
    }

    /** An attempt at the limit's usual place. */
    Attempt attempt() {
        return at(name().toLowerCase(Locale.ROOT));
    }

    /** An attempt at another place, which has a budget of its own for rules that count by place. */
    Attempt at(String endpoint) {
        return new Attempt(endpoint, rules, null, Map.of());
    }
}
