// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import org.keycloak.events.EventType;

/** What a step limits: by which rules, and as which event a refusal is told. */
@SuppressWarnings("ImmutableEnumChecker") // A List.of never changes; its type cannot say so.
enum Limit {
    LOGIN(EventType.LOGIN_ERROR, LimitRule.LOGIN_ADDRESS, LimitRule.LOGIN_NAME),
    /** By client address only: the budget of a mail address can be spent by strangers, so it is never refused aloud. */
    SEND(EventType.LOGIN_ERROR, LimitRule.SEND_ADDRESS),
    RESET(EventType.RESET_PASSWORD_ERROR, LimitRule.RESET_ADDRESS),
    REGISTRATION(EventType.REGISTER_ERROR, LimitRule.REGISTRATION_ADDRESS);

    private final EventType refusal;
    private final List<LimitRule> rules;

    Limit(EventType refusal, LimitRule... rules) {
        this.refusal = refusal;
        this.rules = List.of(rules);
    }

    /** The type of the event that tells of a refusal. */
    EventType refusal() {
        return refusal;
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
