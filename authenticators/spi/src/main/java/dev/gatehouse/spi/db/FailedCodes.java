// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.db;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How many codes of a second factor were wrong at one account since the last right one. */
@Entity
@Table(name = "GATEHOUSE_FAILED_CODES")
public class FailedCodes {

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Column(name = "REALM_ID", nullable = false, length = 36)
    private String realmId = "";

    @Column(name = "IN_A_ROW", nullable = false)
    private int inARow;

    /** For the persistence layer. */
    protected FailedCodes() {}

    /** An account without a wrong one. */
    public FailedCodes(String userId, String realmId) {
        this.userId = userId;
        this.realmId = realmId;
    }

    /** One more was wrong. */
    public void add() {
        inARow++;
    }

    public String userId() {
        return userId;
    }

    public String realmId() {
        return realmId;
    }

    public int inARow() {
        return inARow;
    }
}
