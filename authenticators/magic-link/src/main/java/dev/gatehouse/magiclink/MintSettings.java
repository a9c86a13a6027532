// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.settings.RealmAttributes;
import dev.gatehouse.spi.settings.ToldProblems;
import org.keycloak.models.RealmModel;

/**
 * For whom backends may have links made in a realm. Closed until somebody opens it, and closed by a value that is wrong.
 *
 * @param clients the clients that minted links may lead to
 * @param maxLifetime how long a minted link may live
 * @param admins whether links may be minted for accounts that administer something
 */
record MintSettings(Set<String> clients, Duration maxLifetime, boolean admins) {

    private static final Setting<Set<String>> CLIENTS = Setting.text(
            "gatehouse.mint.clients",
            "Clients of minted links",
            "The clients that backends may have sign-in links made for. While it is empty there are none.",
            "",
            "client ids, separated by commas",
            text -> Optional.of(Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(Predicate.not(String::isEmpty))
                    .collect(Collectors.toUnmodifiableSet())));
    private static final Setting<Duration> MAX_LIFETIME = Setting.duration(
            "gatehouse.mint.maxLifetime",
            "Longest life of minted links",
            "How long a minted link may live at most. A request that asks for more is refused; one that asks for nothing "
                    + "gets five minutes, or this if it is shorter.",
            "15m",
            "10s",
            "24h");
    private static final Setting<Boolean> ADMINS = Setting.flag(
            "gatehouse.mint.admins",
            "Minted links for administrators",
            "Whether links may be minted for accounts that have a role for administering the realm, or the role to mint "
                    + "links. Whoever holds such a link is that administrator.",
            false);

    /** Every attribute, in the order in which documents list them. */
    static final List<Setting<?>> ALL = List.of(CLIENTS, MAX_LIFETIME, ADMINS);

    private static final Duration USUAL = Duration.ofMinutes(5);

    /** What {@code realm} allows; a value that is not accepted is told to the operator. */
    static MintSettings of(RealmModel realm, ToldProblems told) {
        return of(RealmAttributes.read(realm, ALL, told));
    }

    /** As {@link #of(RealmModel, ToldProblems)}, where the operator was told when the link was minted. */
    static MintSettings of(RealmModel realm) {
        return of(Settings.read(ALL, realm::getAttribute));
    }

    private static MintSettings of(Settings settings) {
        return new MintSettings(settings.get(CLIENTS), settings.get(MAX_LIFETIME), settings.get(ADMINS));
    }

    /** How long a link lives that nobody asked another lifetime for. */
    Duration usualLifetime() {
        return maxLifetime.compareTo(USUAL) < 0 ? maxLifetime : USUAL;
    }
}
