// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The question whether a sign-in was strong and recent enough, and the challenge when it was not (RFC 9470). */
final class StepUp {

    private StepUp() {}

    static void require(VerifiedToken token, Set<String> acrValues, @Nullable Duration maxAge)
            throws TokenRefusedException {
        String wanted = requireSendable(acrValues);
        if (maxAge != null && maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge " + maxAge + " must not be negative");
        }
        String acr = token.acr().orElse("");
        if (!acrValues.contains(acr)) {
            throw stepUp(
                    "it was signed in for with acr " + Quoted.of(acr) + ", not one of " + acrValues, wanted, maxAge);
        }
        if (maxAge != null && isOlder(token, maxAge)) {
            throw stepUp("its sign-in is older than " + maxAge, wanted, maxAge);
        }
    }

    private static boolean isOlder(VerifiedToken token, Duration maxAge) {
        Instant authTime = token.authTime().orElse(null);
        return authTime == null
                || Duration.between(authTime, token.verifiedAt()).compareTo(maxAge) > 0;
    }

    private static TokenRefusedException stepUp(String message, String acrValues, @Nullable Duration maxAge) {
        String extra = ", acr_values=\"" + acrValues + "\""
                + (maxAge == null ? "" : ", max_age=\"" + maxAge.toSeconds() + "\"");
        return new TokenRefusedException(Refusal.STEP_UP_REQUIRED, message, extra);
    }

    /** The values go into a quoted list that spaces separate. */
    private static String requireSendable(Set<String> acrValues) {
        if (acrValues.isEmpty()) {
            throw new IllegalArgumentException("values must hold at least one acr");
        }
        for (String value : acrValues) {
            boolean sendable = !value.isEmpty();
            for (int i = 0; i < value.length(); i++) {
                char letter = value.charAt(i);
                sendable &= letter > ' ' && letter < 0x7f && letter != '"' && letter != '\\';
            }
            if (!sendable) {
                throw new IllegalArgumentException(
                        "acr " + Quoted.of(value) + " must be visible ASCII without spaces, quotes and backslashes");
            }
        }
        return String.join(" ", acrValues);
    }
}
