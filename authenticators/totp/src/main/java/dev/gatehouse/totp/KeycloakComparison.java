// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.OptionalInt;

import dev.gatehouse.core.otp.OtpSecret;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.HmacOTP;
import org.keycloak.models.utils.TimeBasedOTP;

/** As Keycloak does it, of a secret that it cannot read itself. */
final class KeycloakComparison implements Comparison {

    private final OTPPolicy policy;
    private final SingleUseObjectProvider used;

    KeycloakComparison(OTPPolicy policy, SingleUseObjectProvider used) {
        this.policy = policy;
        this.used = used;
    }

    @Override
    public boolean canCompare(Device device) {
        return true;
    }

    @Override
    public OptionalInt counterAfter(Device device, OtpSecret secret, String typed) {
        int window = policy.getLookAheadWindow();
        if (device.isCounter()) {
            int next = new HmacOTP(device.data().getDigits(), device.data().getAlgorithm(), window)
                    .validateHOTP(typed, secret.reveal(), device.data().getCounter());
            return next < 0 ? OptionalInt.empty() : OptionalInt.of(next);
        }
        int period = device.data().getPeriod();
        boolean right = new TimeBasedOTP(
                        device.data().getAlgorithm(), device.data().getDigits(), period, window)
                .validateTOTP(typed, secret.reveal());
        boolean first = right
                && (policy.isCodeReusable() || used.putIfAbsent(device.id() + "." + typed, period * (2L * window + 1)));
        return first ? NO_COUNTER : OptionalInt.empty();
    }
}
