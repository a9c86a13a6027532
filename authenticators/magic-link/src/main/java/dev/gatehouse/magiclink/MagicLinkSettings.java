// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.settings.StepSettings;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;

/**
 * What an admin may set for the step.
 *
 * @param lifetime how long a link is accepted, unless the login times out earlier
 * @param resendAfter how long a browser waits before it may ask for another mail
 * @param allowUnverified whether accounts whose address was never verified may sign in by link
 * @param openDuringTemporaryLock whether a link works while brute-force protection locks the account for a while
 */
record MagicLinkSettings(
        Duration lifetime, Duration resendAfter, boolean allowUnverified, boolean openDuringTemporaryLock) {

    private static final Setting<Duration> LIFETIME = Setting.duration(
            "lifetime",
            "Link lifetime",
            "How long a link is accepted. It never lives longer than the login that waits for it, less one minute.",
            "15m",
            "10s",
            "1h");
    private static final Setting<Duration> RESEND_AFTER = Setting.duration(
            "resendAfter",
            "Wait before another mail",
            "How long one browser waits before it may ask for another mail.",
            "30s",
            "1s",
            "10m");
    private static final Setting<Boolean> ALLOW_UNVERIFIED = Setting.flag(
            "allowUnverified",
            "Unverified addresses may sign in",
            "Whether an account whose address was never verified may sign in by link. The link then verifies the "
                    + "address. Whoever made the account keeps its password.",
            false);
    private static final Setting<Boolean> OPEN_DURING_TEMPORARY_LOCK = Setting.flag(
            "openDuringTemporaryLock",
            "Works during a temporary lock",
            "Whether a link works while brute-force protection locks the account for a while. A link cannot be "
                    + "guessed; without it, whoever types wrong passwords keeps the owner out.",
            true);

    /** Every setting, in the order in which the console and the documents list them. */
    static final List<Setting<?>> ALL = List.of(LIFETIME, RESEND_AFTER, ALLOW_UNVERIFIED, OPEN_DURING_TEMPORARY_LOCK);

    /** A mail that arrives in the last minute of the waiting login would only disappoint. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** The settings of one step; empty where one of them is wrong, which was told to the operator. */
    static Optional<MagicLinkSettings> of(RealmModel realm, AuthenticationExecutionModel execution) {
        return StepSettings.read(realm, execution, ALL).map(MagicLinkSettings::of);
    }

    private static MagicLinkSettings of(Settings settings) {
        return new MagicLinkSettings(
                settings.get(LIFETIME),
                settings.get(RESEND_AFTER),
                settings.get(ALLOW_UNVERIFIED),
                settings.get(OPEN_DURING_TEMPORARY_LOCK));
    }

    /** How long a link lives in {@code realm}: never beyond the tab that waits for it. */
    Duration lifetimeIn(RealmModel realm) {
        Duration tab = loginTimeout(realm).minus(MARGIN);
        Duration life = lifetime.compareTo(tab) < 0 ? lifetime : tab;
        return life.isNegative() || life.isZero() ? Duration.ofSeconds(1) : life;
    }

    /** How long Keycloak keeps a login that nobody touches: the longest of three settings of the realm. */
    static Duration loginTimeout(RealmModel realm) {
        return Duration.ofSeconds(Math.max(
                Math.max(realm.getAccessCodeLifespanLogin(), realm.getAccessCodeLifespanUserAction()),
                realm.getAccessCodeLifespan()));
    }
}
