// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.db;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A key that secrets were sealed with, and a constant that it sealed. The key itself is not here. One whose name was
 * used in two realms' vaults is two rows.
 */
@Entity
@Table(name = "GATEHOUSE_USED_KEY")
public class UsedKey {

    @Id
    @Column(name = "ID", length = 80)
    private String id = "";

    @Column(name = "SCOPE", nullable = false, length = 36)
    private String scope = "";

    @Column(name = "CANARY", nullable = false)
    private String canary = "";

    @Column(name = "FIRST_USED", nullable = false)
    private long firstUsed;

    /** For the persistence layer. */
    protected UsedKey() {}

    /**
     * @param scope for what the name of the key holds: a realm's id, or {@code server}
     * @param keyId the key's name
     * @param canary sealed with it
     * @param firstUsed milliseconds since 1970
     */
    public UsedKey(String scope, String keyId, String canary, long firstUsed) {
        this.id = id(scope, keyId);
        this.scope = scope;
        this.canary = canary;
        this.firstUsed = firstUsed;
    }

    /** The row of a key. */
    public static String id(String scope, String keyId) {
        return scope + "/" + keyId;
    }

    public String scope() {
        return scope;
    }

    /** A constant that the key sealed; it names the key. */
    public String canary() {
        return canary;
    }

    /** When it was used first, in milliseconds since 1970. */
    public long firstUsed() {
        return firstUsed;
    }
}
