// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.db;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Which keys one node can open with, as it told itself. */
@Entity
@Table(name = "GATEHOUSE_KEY_REPORT")
public class KeyReport {

    @Id
    @Column(name = "NODE_ID", length = 36)
    private String nodeId = "";

    @Column(name = "KEY_IDS", nullable = false, length = 2000)
    private String keyIds = "";

    @Column(name = "SEEN", nullable = false)
    private long seen;

    /** For the persistence layer. */
    protected KeyReport() {}

    /** A node that has told nothing yet. */
    public KeyReport(String nodeId) {
        this.nodeId = nodeId;
    }

    /**
     * What the node tells now.
     *
     * @param keyIds separated by commas
     * @param seen milliseconds since 1970, by the clock of that node
     */
    public void tell(String keyIds, long seen) {
        this.keyIds = keyIds;
        this.seen = seen;
    }

    public String nodeId() {
        return nodeId;
    }

    /** The ids of its keys, separated by commas. */
    public String keyIds() {
        return keyIds;
    }

    /** When it told so, in milliseconds since 1970. */
    public long seen() {
        return seen;
    }
}
