// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.spi.cookie.HostCookie;
import dev.gatehouse.spi.time.ServerClock;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The marks of the browser behind a request: one for each account that it signed in to, of all realms of the host, the
 * newest five.
 *
 * <p>A mark is for one account in one browser and lasts 90 days from the latest complete sign-in, which renews it. A
 * renewed mark keeps its id, and with it what it has used up; a browser that lost its cookie gets a mark with a new id
 * only by signing in completely once more. So more ids are given to nobody but who can already sign in, and one browser
 * cannot use up what another may do.
 *
 * <p>Not promised: that a mark stays in its browser (who copies the cookie shares its budgets), and that it ends with
 * the password (it opens nothing, so nothing has to be closed).
 */
public final class DeviceMarks {

    /** The realm attribute that switches marks on. */
    public static final Setting<Boolean> SWITCH = Setting.flag(
            "gatehouse.deviceMarks",
            "Device marks",
            "Whether a browser gets budgets of its own once somebody has signed in with it.",
            false);

    static final Duration LIFE = Duration.ofDays(90);

    /** How far the clocks of two nodes may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int MOST = 5;
    private static final int LONGEST_COOKIE = 3000;
    private static final String SEPARATOR = "~";
    private static final HostCookie COOKIE = new HostCookie("gatehouse-device");
    private static final SecureRandom RANDOM = new SecureRandom();

    private DeviceMarks() {}

    /**
     * The id of the mark that this browser has for whoever typed {@code typedName}, a username or mail address; empty if
     * it has none that holds. No account is looked up: a name of nobody gets the same answer as one that is not marked.
     */
    public static Optional<String> markOf(KeycloakSession session, RealmModel realm, String typedName) {
        return markOf(session, realm, typedName, ServerClock.get().instant());
    }

    static Optional<String> markOf(KeycloakSession session, RealmModel realm, String typedName, Instant now) {
        MarkKeys keys = new MarkKeys(session, realm);
        return marks(session, now)
                .filter(mark -> keys.names(mark, typedName))
                .map(DeviceMark::id)
                .findFirst();
    }

    /** Marks this browser for {@code user}, who has just signed in completely, or renews the mark. */
    public static void mark(KeycloakSession session, RealmModel realm, UserModel user) {
        mark(session, realm, user, ServerClock.get().instant());
    }

    static void mark(KeycloakSession session, RealmModel realm, UserModel user, Instant now) {
        MarkKeys keys = new MarkKeys(session, realm);
        String id = marks(session, now)
                .filter(mark -> keys.isFor(mark, user))
                .map(DeviceMark::id)
                .findFirst()
                .orElseGet(DeviceMarks::newId);
        // The newest is always written first, so all others are in order. Those of another realm are for that to judge.
        Stream<DeviceMark> others =
                marks(session, now).filter(mark -> !keys.claims(mark) || (keys.made(mark) && !keys.isFor(mark, user)));
        COOKIE.give(session, cookie(Stream.concat(Stream.of(keys.make(id, user, now)), others)), LIFE);
    }

    private static String cookie(Stream<DeviceMark> marks) {
        StringBuilder cookie = new StringBuilder();
        marks.limit(MOST).map(DeviceMark::text).forEach(text -> {
            // Only key ids that somebody chose make marks so long that five do not fit.
            if (cookie.length() + SEPARATOR.length() + text.length() <= LONGEST_COOKIE) {
                cookie.append(cookie.isEmpty() ? "" : SEPARATOR).append(text);
            }
        });
        return cookie.toString();
    }

    /** What the cookie has, in its order, without what is too old to hold or says that it is from the future. */
    private static Stream<DeviceMark> marks(KeycloakSession session, Instant now) {
        return COOKIE.read(session).filter(value -> value.length() <= LONGEST_COOKIE).stream()
                .flatMap(value -> Arrays.stream(value.split(SEPARATOR, MOST + 1)))
                .limit(MOST)
                .flatMap(text -> DeviceMark.parse(text).stream())
                .filter(mark -> !mark.issued().isAfter(now.plus(SKEW)))
                .filter(mark -> mark.issued().plus(LIFE).isAfter(now));
    }

    private static String newId() {
        byte[] bytes = new byte[DeviceMark.BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
