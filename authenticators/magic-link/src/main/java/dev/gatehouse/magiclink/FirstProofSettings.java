// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.List;

import dev.gatehouse.core.settings.Setting;

/** What a realm may set for first proofs. */
final class FirstProofSettings {

    static final Setting<Boolean> SWITCH = Setting.flag(
            "gatehouse.firstProof",
            "First proof",
            "Whether an account that somebody registered without proving its mail address is taken back by the first sign-in "
                    + "by mail: what was set up before, such as a password, ends then.",
            false);
    static final Setting<Boolean> ALL_UNVERIFIED = Setting.flag(
            "gatehouse.firstProof.all",
            "First proof of all unverified accounts",
            "Whether this holds for every local account whose address is not verified, also for those that were imported or "
                    + "made by an administrator. Only where gatehouse.firstProof is true, and where the step lets them in.",
            false);

    /** Every attribute, in the order in which documents list them. */
    static final List<Setting<?>> ALL = List.of(SWITCH, ALL_UNVERIFIED);

    private FirstProofSettings() {}
}
