// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.util.Map;

/**
 * A link that was redeemed and whose tab has not gone on yet.
 *
 * @param tab the only place where the sign-in may go on
 * @param userId the account that proved to receive mail at the address
 * @param addressHash hash of that address
 */
public record Approval(Tab tab, String userId, String addressHash) {

    Map<String, String> toRecord() {
        return Map.of(
                "root", tab.rootSession(),
                "tab", tab.tabId(),
                "execution", tab.execution(),
                "user", userId,
                "address", addressHash);
    }

    static Approval of(Map<String, String> record) {
        return new Approval(
                new Tab(Link.part(record, "root"), Link.part(record, "tab"), Link.part(record, "execution")),
                Link.part(record, "user"),
                Link.part(record, "address"));
    }
}
