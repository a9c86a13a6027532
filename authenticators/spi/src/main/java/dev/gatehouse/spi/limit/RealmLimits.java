// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.gatehouse.core.net.CidrList;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.spi.device.DeviceMarks;

/** The realm attributes that the limiter reads. A change of one holds from the next request on. */
public final class RealmLimits {

    /** How a realm's limits act. */
    public enum Mode {
        /** What a rule refuses is refused. */
        ENFORCE,
        /** Everything is counted and told in metrics and headers, nothing is refused. */
        OBSERVE,
        /** Nothing is counted. */
        OFF
    }

    public static final Setting<Mode> MODE = Setting.choice(
            "gatehouse.limits.mode",
            "Limits",
            "How the limits of the realm act wherever a step or the filter asks for them.",
            Mode.class,
            Mode.ENFORCE);
    public static final Setting<Boolean> FILTER = Setting.flag(
            "gatehouse.limits.filter",
            "Limit on all requests",
            "Whether every POST to the realm is limited by client address, whatever the flows say.",
            false);
    public static final Setting<Boolean> HEADERS = Setting.flag(
            "gatehouse.limits.headers",
            "Headers",
            "Whether answers have RateLimit-Policy, and refusals RateLimit "
                    + "(draft-ietf-httpapi-ratelimit-headers-10).",
            false);
    public static final Setting<CidrList> ALLOW = Setting.text(
            "gatehouse.limits.allow",
            "Addresses without limits",
            "Client addresses that are never limited, such as those of your own servers.",
            "",
            CidrList.RANGE,
            CidrList::parse);
    public static final Setting<CidrList> DENY = Setting.text(
            "gatehouse.limits.deny",
            "Refused addresses",
            "Client addresses that are always refused.",
            "",
            CidrList.RANGE,
            CidrList::parse);
    /** Every attribute, in the order in which documents list them. */
    public static final List<Setting<?>> ALL = all();

    private RealmLimits() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(MODE, FILTER, HEADERS, DeviceMarks.SWITCH, ALLOW, DENY));
        Arrays.stream(LimitRule.values()).map(LimitRule::setting).forEach(all::add);
        return List.copyOf(all);
    }
}
