// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to answer a caller whose token was refused: RFC 6750, section 3, and RFC 9470, section 3.
 *
 * <p>It tells a caller what to do next and nothing about the token: expired, forged and foreign ones get the same answer.
 *
 * @param status the HTTP status: 400, 401, 403 or 503
 * @param headers the header fields to set, by name: {@code Cache-Control} always, {@code WWW-Authenticate} on 400, 401 and on a
 *     403 about roles, {@code Retry-After} (in seconds) on 503
 */
public record Challenge(int status, Map<String, String> headers) {

    /** Seconds until the key server may be asked again: one step of {@link RefreshBudget}. */
    private static final String RETRY_AFTER = "5";

    /** Copies the header fields. */
    public Challenge {
        headers = Map.copyOf(headers);
    }

    /** @param extra auth-params of RFC 9470, each with a comma and a space before it, or nothing */
    static Challenge of(Refusal refusal, String extra) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        if (refusal == Refusal.KEYS_UNAVAILABLE) {
            headers.put("Retry-After", RETRY_AFTER);
        } else if (refusal != Refusal.ORIGIN_REFUSED) {
            // Another token would not help a page on a foreign origin, hence no challenge for it.
            headers.put("WWW-Authenticate", "Bearer realm=\"api\"" + error(refusal) + extra);
        }
        return new Challenge(refusal.status(), headers);
    }

    /** Nothing at all when no token came: a caller who may not know that one is needed is not told of errors. */
    private static String error(Refusal refusal) {
        if (refusal.error().isEmpty()) {
            return "";
        }
        return ", error=\"" + refusal.error() + "\", error_description=\"" + description(refusal) + "\"";
    }

    private static String description(Refusal refusal) {
        return switch (refusal) {
            case AMBIGUOUS -> "Send one access token";
            case ROLE_MISSING -> "The access token does not allow this";
            case STEP_UP_REQUIRED -> "A different or a more recent authentication is required";
            default -> "The access token is not valid";
        };
    }
}
