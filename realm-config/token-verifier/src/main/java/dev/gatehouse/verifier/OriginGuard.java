// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.util.List;
import java.util.Set;

/**
 * Keeps pages of other sites from acting with a cookie that the browser adds by itself (cross-site request forgery).
 *
 * <p>It relies on two fields that no page can set or suppress: {@code Origin} (RFC 6454, section 7), and {@code Sec-Fetch-Site}
 * (W3C Fetch Metadata). Where a browser sends neither, an unsafe request is refused.
 */
final class OriginGuard {

    /** The safe methods of RFC 9110, section 9.2.1, without TRACE. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Set<String> allowed;

    OriginGuard(Set<String> allowed) {
        this.allowed = allowed;
    }

    void check(Request request) throws TokenRefusedException {
        if (SAFE.contains(request.method()) || request.values("sec-fetch-site").equals(List.of("same-origin"))) {
            return;
        }
        List<String> origins = request.values("origin");
        if (origins.size() != 1 || !allowed.contains(origins.get(0))) {
            throw new TokenRefusedException(
                    Refusal.ORIGIN_REFUSED,
                    "a cookie's token came with " + Quoted.of(request.method()) + " from "
                            + (origins.isEmpty() ? "no origin" : "the origin " + Quoted.of(origins.get(0))));
        }
    }
}
