// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.settings.StepSettings;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;

/**
 * What an admin may set for the step.
 *
 * @param channel how messages reach people
 * @param numberAttribute the attribute of an account that holds its telephone number
 * @param lifetime how long a link and its code are accepted, unless the login times out earlier
 * @param codeDigits how many digits a code has
 * @param resendAfter how long a browser waits before it may ask for another message, the first time
 * @param allowUnverified whether accounts whose address was never verified may sign in by link
 * @param createAccounts whether an address that has no account gets one once somebody proved to receive mail there
 * @param openDuringTemporaryLock whether a link works while brute-force protection locks the account for a while
 */
record MagicLinkSettings(
        ChannelKind channel,
        String numberAttribute,
        Duration lifetime,
        int codeDigits,
        Duration resendAfter,
        boolean allowUnverified,
        boolean createAccounts,
        boolean openDuringTemporaryLock) {

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Setting<ChannelKind> CHANNEL = Setting.choice(
            "channel",
            "Channel",
            "How links and codes reach people: by mail, or by a text message to the telephone number of the account. "
                    + "Text messages need the server's gateway to be set up.",
            ChannelKind.class,
            ChannelKind.MAIL);
    private static final Setting<String> NUMBER_ATTRIBUTE = Setting.text(
            "numberAttribute",
            "Attribute of the telephone number",
            "Which attribute of an account holds its telephone number, for text messages. Users must not be able to "
                    + "edit it: whoever writes the number there is who may sign in.",
            "phoneNumber",
            "the name of an attribute: 1 to 64 letters, digits, points, hyphens or underscores",
            text -> ATTRIBUTE.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    private static final Setting<Duration> LIFETIME = Setting.duration(
            "lifetime",
            "Lifetime",
            "How long a link and its code are accepted. They never live longer than the login that waits for them, "
                    + "less one minute.",
            "15m",
            "10s",
            "1h");
    private static final Setting<Integer> CODE_DIGITS = Setting.text(
            "codeDigits",
            "Digits of a code",
            "How many digits the code beside the link has. Five tries are counted a code, and 20 an hour and 50 a day "
                    + "at one account.",
            "6",
            "6 or 8",
            text -> text.equals("6") || text.equals("8") ? Optional.of(Integer.valueOf(text)) : Optional.empty());
    private static final Setting<Duration> RESEND_AFTER = Setting.duration(
            "resendAfter",
            "Wait before another message",
            "How long one browser waits before it may ask for another message. The second time it waits twice as long, "
                    + "from then on four times.",
            "30s",
            "1s",
            "10m");
    private static final Setting<Boolean> ALLOW_UNVERIFIED = Setting.flag(
            "allowUnverified",
            "Unverified addresses may sign in",
            "Whether an account whose address was never verified may sign in by a mailed link. The link then verifies "
                    + "the address. Whoever made the account keeps its password.",
            false);
    private static final Setting<Boolean> CREATE_ACCOUNTS = Setting.flag(
            "createAccounts",
            "Create accounts",
            "Whether a mail address that has no account gets one, once somebody has proved to receive mail there. Needs "
                    + "the realm's user registration to be on.",
            false);
    private static final Setting<Boolean> OPEN_DURING_TEMPORARY_LOCK = Setting.flag(
            "openDuringTemporaryLock",
            "Works during a temporary lock",
            "Whether a link works while brute-force protection locks the account for a while. A link cannot be "
                    + "guessed; without it, whoever types wrong passwords keeps the owner out. Codes never work then.",
            true);

    /** Every setting, in the order in which the console and the documents list them. */
    static final List<Setting<?>> ALL = List.of(
            CHANNEL,
            NUMBER_ATTRIBUTE,
            LIFETIME,
            CODE_DIGITS,
            RESEND_AFTER,
            ALLOW_UNVERIFIED,
            CREATE_ACCOUNTS,
            OPEN_DURING_TEMPORARY_LOCK);

    /** A mail that arrives in the last minute of the waiting login would only disappoint. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** The settings of one step; empty where one of them is wrong, which was told to the operator. */
    static Optional<MagicLinkSettings> of(RealmModel realm, AuthenticationExecutionModel execution) {
        return StepSettings.read(realm, execution, ALL).map(MagicLinkSettings::of);
    }

    private static MagicLinkSettings of(Settings settings) {
        return new MagicLinkSettings(
                settings.get(CHANNEL),
                settings.get(NUMBER_ATTRIBUTE),
                settings.get(LIFETIME),
                settings.get(CODE_DIGITS),
                settings.get(RESEND_AFTER),
                settings.get(ALLOW_UNVERIFIED),
                settings.get(CREATE_ACCOUNTS),
                settings.get(OPEN_DURING_TEMPORARY_LOCK));
    }

    /** Whether an address without an account gets a link that makes one, in {@code realm}. */
    boolean creates(RealmModel realm) {
        return createAccounts && channel == ChannelKind.MAIL && realm.isRegistrationAllowed();
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
