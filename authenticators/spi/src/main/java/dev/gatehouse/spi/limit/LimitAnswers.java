// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.Map;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.utils.FormMessage;

/** How a verdict that stops an attempt is told: to people, to machines, and to the operator. */
public final class LimitAnswers {

    /** The error of the event. */
    public static final String ERROR = "rate_limited";

    /** The detail of the event that names the rule. */
    public static final String RULE = "gatehouse_rule";

    private LimitAnswers() {}

    /** The sentence for a page: a message key and the number that goes into it. */
    public static FormMessage message(Verdict verdict) {
        if (verdict.outcome() == Verdict.Outcome.DENIED) {
            return new FormMessage("gatehouseLimitDenied");
        }
        if (verdict.outcome() == Verdict.Outcome.UNAVAILABLE) {
            return new FormMessage("gatehouseLimitUnavailable");
        }
        long seconds = verdict.waitSeconds();
        if (seconds < 120) {
            return new FormMessage("gatehouseLimitSeconds", seconds);
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120
                ? new FormMessage("gatehouseLimitMinutes", minutes)
                : new FormMessage("gatehouseLimitHours", (minutes + 59) / 60);
    }

    /** The status of the answer. */
    public static Response.Status status(Verdict verdict) {
        return switch (verdict.outcome()) {
            case DENIED -> Response.Status.FORBIDDEN;
            case UNAVAILABLE -> Response.Status.SERVICE_UNAVAILABLE;
            default -> Response.Status.TOO_MANY_REQUESTS;
        };
    }

    /** The answer for a program, as RFC 6749, section 5.2, shapes errors. */
    public static Map<String, String> document(Verdict verdict) {
        return switch (verdict.outcome()) {
            case DENIED -> Map.of("error", "access_denied", "error_description", "Not from this network");
            case UNAVAILABLE ->
                Map.of("error", "temporarily_unavailable", "error_description", "Try again in a few seconds");
            default ->
                Map.of(
                        "error",
                        "too_many_requests",
                        "error_description",
                        "Too many tries; wait " + verdict.waitSeconds() + " seconds");
        };
    }

    /** {@code page} as the answer to a stopped attempt: its status, how long to wait, and not to be kept by anybody. */
    public static Response of(Response page, Verdict verdict) {
        Response.ResponseBuilder answer = Response.fromResponse(page)
                .status(status(verdict))
                .header(HttpHeaders.CACHE_CONTROL, null)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (verdict.waitSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, verdict.waitSeconds());
        }
        return answer.build();
    }

    /** Tells the operator. {@code event} itself stays as it is: a flow goes on using it. */
    public static void tell(EventBuilder event, Verdict verdict) {
        event.clone().event(EventType.LOGIN_ERROR).detail(RULE, verdict.rule()).error(ERROR);
    }
}
