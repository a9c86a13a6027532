// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import dev.gatehouse.core.otp.OtpSecret;

/** What came of reading the secret of a device. */
sealed interface Reading {

    /**
     * It can be used.
     *
     * @param secret in clear
     * @param stale whether it should be sealed again: it is not, or with a key that does not seal any more
     */
    record Open(OtpSecret secret, boolean stale) implements Reading {}

    /**
     * It must not be used.
     *
     * @param reason for the event and the log
     */
    record Closed(String reason) implements Reading {}
}
