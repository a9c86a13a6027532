// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of one send. The record has the same shape for every address, known or not.
 *
 * @param tab where the sign-in waits
 * @param clientId the client that the person signs in to
 * @param clientData what is needed to tell that client how a dead sign-in ended
 * @param userId the account; null where none may be signed in by this link, or where it is to be made first
 * @param addressHash hash of the address the link went to, or would have gone to
 * @param nonceHash hash of the nonce that the tab holds
 * @param codeHash hash of the code that does in this tab what the link does, with the nonce as its key
 * @param expiresAt the first instant at which the link is not accepted any more
 * @param redeemable whether the link can sign anybody in: false for unknown and refused addresses. If it is true and there
 *     is no account, the sign-in makes one
 */
public record Link(
        Tab tab,
        String clientId,
        String clientData,
        @Nullable String userId,
        String addressHash,
        String nonceHash,
        String codeHash,
        Instant expiresAt,
        boolean redeemable) {

    static final String NOBODY = "";

    /** The link as a store keeps it. */
    Map<String, String> toRecord() {
        Map<String, String> record = new HashMap<>();
        record.put("root", tab.rootSession());
        record.put("tab", tab.tabId());
        record.put("execution", tab.execution());
        record.put("client", clientId);
        record.put("clientData", clientData);
        record.put("user", userId == null ? NOBODY : userId);
        record.put("address", addressHash);
        record.put("nonce", nonceHash);
        record.put("code", codeHash);
        record.put("expires", Long.toString(expiresAt.toEpochMilli()));
        record.put("redeemable", Boolean.toString(redeemable));
        return record;
    }

    static Link of(Map<String, String> record) {
        String user = part(record, "user");
        return new Link(
                new Tab(part(record, "root"), part(record, "tab"), part(record, "execution")),
                part(record, "client"),
                part(record, "clientData"),
                user.equals(NOBODY) ? null : user,
                part(record, "address"),
                part(record, "nonce"),
                part(record, "code"),
                Instant.ofEpochMilli(Long.parseLong(part(record, "expires"))),
                Boolean.parseBoolean(part(record, "redeemable")));
    }

    static String part(Map<String, String> record, String name) {
        return Optional.ofNullable(record.get(name))
                .orElseThrow(() -> new IllegalStateException("A link's record lacks " + name));
    }
}
