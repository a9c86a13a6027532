// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.limit.Rate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is about to try. Built before anything is looked up: it must be the same for accounts that exist and
 * for those that do not.
 *
 * @param endpoint what is tried, such as {@code login}; a budget of its own for rules that count by endpoint
 * @param rules all of them have to have room
 * @param name what was typed, or the name of the account that is being tried; null if there is none
 * @param rates rates that a step sets instead of the realm's
 */
public record Attempt(
        String endpoint, List<LimitRule> rules, @Nullable String name, Map<LimitRule, Rate> rates) {

    public Attempt {
        rules = List.copyOf(rules);
        rates = rates.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(rates));
    }

    /** An attempt that names nobody. */
    public static Attempt at(String endpoint, LimitRule... rules) {
        return new Attempt(endpoint, List.of(rules), null, Map.of());
    }

    /** The same at somebody's account. */
    public Attempt naming(@Nullable String typed) {
        return new Attempt(endpoint, rules, typed, rates);
    }

    /** The same with rates of a step's own. */
    public Attempt with(Map<LimitRule, Rate> own) {
        return new Attempt(endpoint, rules, name, own);
    }
}
