// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A link that was redeemed and whose tab has not gone on yet.
 *
 * @param tab the only place where the sign-in may go on
 * @param userId the account that proved to receive messages at the address; null if it is to be made
 * @param addressHash hash of that address
 */
public record Approval(Tab tab, @Nullable String userId, String addressHash) {

    Map<String, String> toRecord() {
        return Map.of(
                "root", tab.rootSession(),
                "tab", tab.tabId(),
                "execution", tab.execution(),
                "user", userId == null ? Link.NOBODY : userId,
                "address", addressHash);
    }

    static Approval of(Map<String, String> record) {
        String user = Link.part(record, "user");
        return new Approval(
                new Tab(Link.part(record, "root"), Link.part(record, "tab"), Link.part(record, "execution")),
                user.equals(Link.NOBODY) ? null : user,
                Link.part(record, "address"));
    }
}
