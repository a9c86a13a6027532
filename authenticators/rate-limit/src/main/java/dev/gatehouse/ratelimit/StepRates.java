// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.settings.StepSettings;
import dev.gatehouse.spi.settings.ToldProblems;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;

/** The options of a kind of step. A value that is not accepted leaves the realm's rate: a limiter never closes a door. */
final class StepRates {

    /**
     * What an admin set for a rule.
     *
     * @param rate the step's own rate; null for the realm's
     */
    record Choice(@Nullable Rate rate) {}

    private static final String REALM = "realm";

    /** The rates of the rules that count by address alone. */
    static final Setting<Choice> ADDRESS = rate(
            "addressRate",
            "Tries by address",
            "How many tries one client address has at this step; realm means the rate that is set for the realm.");

    /** The rates of the rules that count by a name, too. */
    static final Setting<Choice> NAME = rate(
            "nameRate",
            "Tries by address and name",
            "How many tries one client address has at one name; realm means the rate that is set for the realm.");

    /** What the plain step limits. */
    static final Setting<Limit> LIMIT = Setting.choice(
            "limit",
            "Limit",
            "What the step stands before: a password, a mail that is sent, a forgotten password, a registration. "
                    + "Only a login is counted by name, too.",
            Limit.class,
            Limit.LOGIN);

    private static final Set<LimitRule> BY_NAME = Set.of(LimitRule.LOGIN_NAME, LimitRule.SEND_NAME);

    private final List<Setting<?>> declared;
    private final ToldProblems told = new ToldProblems();

    /** @param declared the options of this kind of step */
    StepRates(List<Setting<?>> declared) {
        this.declared = List.copyOf(declared);
    }

    /** The options, in the order in which the console and the documents list them. */
    List<Setting<?>> declared() {
        return declared;
    }

    /** What an admin set for one step. */
    Settings of(RealmModel realm, AuthenticationExecutionModel execution) {
        return StepSettings.readLeniently(realm, execution, declared, told);
    }

    /** {@code attempt} with the rates of one step. */
    Attempt apply(RealmModel realm, AuthenticationExecutionModel execution, Attempt attempt) {
        Settings settings = of(realm, execution);
        Map<LimitRule, Rate> own = new EnumMap<>(LimitRule.class);
        for (LimitRule rule : attempt.rules()) {
            Setting<Choice> option = BY_NAME.contains(rule) ? NAME : ADDRESS;
            @Nullable
            Rate rate = declared.contains(option) ? settings.get(option).rate() : null;
            if (rate != null) {
                own.put(rule, rate);
            }
        }
        return attempt.with(own);
    }

    private static Setting<Choice> rate(String key, String label, String help) {
        return Setting.text(
                key,
                label,
                help,
                REALM,
                REALM + ", or " + Rate.RANGE,
                text -> REALM.equals(text)
                        ? Optional.of(new Choice(null))
                        : Rate.parse(text).map(Choice::new));
    }
}
