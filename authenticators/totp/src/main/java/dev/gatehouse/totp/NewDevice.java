// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.otp.Clamped;
import dev.gatehouse.core.otp.OtpParameters;
import dev.gatehouse.core.otp.OtpSecret;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.credential.OTPCredentialModel;

/**
 * A device that somebody wants to set up. It is always by time, also where the realm's policy says by counter: a code by
 * counter that somebody else saw stays good until it is used.
 *
 * @param parameters how it makes codes
 * @param label what the user calls it; may be empty
 * @param others how many devices the account has
 * @param most how many it may have
 */
record NewDevice(OtpParameters parameters, String label, long others, int most) {

    static final Setting<Integer> MOST = Setting.integer(
            "maxDevices",
            "Devices",
            "How many devices one account can have. Further ones are refused until one is removed.",
            5,
            1,
            20);

    /** Every setting of ours of the required action. */
    static final List<Setting<?>> SETTINGS = List.of(MOST);

    private static final int LONGEST_LABEL = 64;

    /** The device that the user of {@code context} asks for. A setting that is not accepted counts as not set. */
    static NewDevice asked(RequiredActionContext context, @Nullable String label) {
        @Nullable RequiredActionConfigModel config = context.getConfig();
        Settings settings = Settings.read(SETTINGS, key -> config == null ? null : config.getConfigValue(key));
        return new NewDevice(
                parameters(context.getRealm().getOTPPolicy()).value(),
                clean(label),
                context.getUser()
                        .credentialManager()
                        .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                        .count(),
                settings.get(MOST));
    }

    private static Clamped<OtpParameters> parameters(OTPPolicy policy) {
        return OtpParameters.clamped(
                policy.getAlgorithm(), policy.getDigits(), policy.getPeriod(), policy.getLookAheadWindow());
    }

    /** On one line, without what could turn the text around it. */
    private static String clean(@Nullable String label) {
        String line = label == null
                ? ""
                : label.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_LABEL
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_LABEL)).strip();
    }

    /** Why it cannot be set up, whatever its code. */
    Optional<EnrolmentProblem> problem() {
        if (others >= most) {
            return Optional.of(EnrolmentProblem.TOO_MANY);
        }
        return others > 0 && label.isEmpty() ? Optional.of(EnrolmentProblem.NAME_MISSING) : Optional.empty();
    }

    /** The row that is to be stored. */
    OTPCredentialModel row(OtpSecret secret) {
        OTPCredentialModel row = OTPCredentialModel.createTOTP(
                secret.base32(),
                parameters.digits(),
                parameters.periodSeconds(),
                parameters.algorithm().hmacName(),
                OTPCredentialModel.SecretEncoding.BASE32.name());
        row.setUserLabel(label);
        return row;
    }
}
