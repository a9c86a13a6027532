// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import dev.gatehouse.core.seal.SealContext;
import org.jspecify.annotations.Nullable;

/** What the sealed secret of a device belongs to: one row of one user, and how it makes codes. */
public final class OtpContext {

    private OtpContext() {}

    /**
     * The context of a device's secret. All is taken as it is stored, in bounds or not: what is written there later is
     * another context, in which the secret does not open.
     *
     * <p>A counter is not part of it: it moves with each use, and the secret would have to be sealed again each time. Who
     * can write to the database can therefore set a counter back, and use a code once more that he saw typed. The realm
     * is not part of it either, as realms are renamed; the ids of user and row are enough.
     *
     * @param userId the user whose device it is
     * @param credentialId the row
     * @param subType whether codes are made by time or by counter
     * @param digits how long a code is
     * @param period how long one is shown; whatever is stored where codes are made by counter
     * @param algorithm the name of the hash function
     */
    public static SealContext of(
            String userId, String credentialId, String subType, int digits, int period, @Nullable String algorithm) {
        return SealContext.of(
                "otp",
                userId,
                credentialId,
                subType,
                Integer.toString(digits),
                Integer.toString(period),
                algorithm == null ? "" : algorithm);
    }
}
