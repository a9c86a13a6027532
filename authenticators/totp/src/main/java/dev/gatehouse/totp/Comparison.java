// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.OptionalInt;

import dev.gatehouse.core.otp.OtpSecret;

/** How a code is compared, once its device's secret can be read. */
interface Comparison {

    /** What {@link #counterAfter} tells after a right code of a device that goes by time. */
    OptionalInt NO_COUNTER = OptionalInt.of(0);

    /** Whether codes of the device can be compared at all. */
    boolean canCompare(Device device);

    /**
     * What the device's counter is after a right code, any number if it has none; empty if the code is not right or was
     * used.
     */
    OptionalInt counterAfter(Device device, OtpSecret secret, String typed);
}
