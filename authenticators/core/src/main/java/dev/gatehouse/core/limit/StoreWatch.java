// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

/** Is told of a store that goes away and comes back. */
public interface StoreWatch {

    /** An answer of the store failed to come. Called for every failure. */
    void failed();

    /** The store was working until now; from now on the failure mode decides. Called once a change. */
    void away(StoreUnavailableException why);

    /** The store works again. Called once a change. */
    void back();
}
