// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.RealmModel;

/** The answers to a backend. Errors have the shape of RFC 6749, section 5.2, and those of tokens that of RFC 6750. */
final class MintAnswers {

    private MintAnswers() {}

    static Response minted(URI link, Instant expires) {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("link", link.toString());
        document.put("expiresAt", expires.toString());
        return json(Response.Status.CREATED, document).build();
    }

    static Response refused(RealmModel realm, MintRefused refused) {
        Response.ResponseBuilder answer = json(
                refused.error().status(),
                Map.of("error", refused.error().code(), "error_description", refused.description()));
        switch (refused.error()) {
            // Whoever sent no token learns what is missing, and no more than that.
            case MISSING_TOKEN -> answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge(realm));
            case INVALID_TOKEN, INSUFFICIENT_SCOPE ->
                answer.header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        challenge(realm) + ", error=\"" + refused.error().code() + "\", error_description=\""
                                + refused.description() + "\"");
            default -> {}
        }
        return answer.build();
    }

    static Response limited(Verdict verdict) {
        return LimitAnswers.of(
                json(LimitAnswers.status(verdict), LimitAnswers.document(verdict))
                        .build(),
                verdict);
    }

    private static String challenge(RealmModel realm) {
        // Only letters that a quoted string may hold as they are, RFC 9110, section 5.6.4.
        return "Bearer realm=\"" + realm.getName().replaceAll("[^ -~]|[\"\\\\]", "?") + "\"";
    }

    private static Response.ResponseBuilder json(Response.Status status, Map<String, String> document) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(document);
    }
}
