// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.time.Instant;
import java.util.Map;

/**
 * What is kept of a link that a backend had made. It belongs to no tab: whoever holds it may begin a sign-in with it.
 *
 * @param userId the account that it signs in
 * @param addressHash hash of the account's address when the link was made
 * @param clientId the only client that it signs in to
 * @param redirectUri the only address that the sign-in may end at
 * @param expiresAt the first instant at which the link is not accepted any more
 */
public record MintedLink(String userId, String addressHash, String clientId, String redirectUri, Instant expiresAt) {

    Map<String, String> toRecord() {
        return Map.of(
                "user", userId,
                "address", addressHash,
                "client", clientId,
                "redirect", redirectUri,
                "expires", Long.toString(expiresAt.toEpochMilli()));
    }

    static MintedLink of(Map<String, String> record) {
        return new MintedLink(
                Link.part(record, "user"),
                Link.part(record, "address"),
                Link.part(record, "client"),
                Link.part(record, "redirect"),
                Instant.ofEpochMilli(Long.parseLong(Link.part(record, "expires"))));
    }
}
