// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Wrong codes in a row, in a map. */
final class HeldFailedCodes implements FailedCodesStore {

    private final ConcurrentMap<String, Integer> rows = new ConcurrentHashMap<>();

    @Override
    public int inARow(String userId) {
        return rows.getOrDefault(userId, 0);
    }

    @Override
    public void add(String realmId, String userId) {
        rows.merge(userId, 1, Integer::sum);
    }

    @Override
    public void clear(String userId) {
        rows.remove(userId);
    }

    @Override
    public void clearRealm(String realmId) {
        rows.clear();
    }
}
