// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

/** Wrong codes in a row, for each user. What is added stays, whatever becomes of the request. */
interface FailedCodesStore {

    /** How many there were since the last right one. */
    int inARow(String userId);

    /** One more was wrong. Of many at one moment each counts. */
    void add(String realmId, String userId);

    /** Begins anew. */
    void clear(String userId);

    /** Forgets the users of a realm. */
    void clearRealm(String realmId);
}
