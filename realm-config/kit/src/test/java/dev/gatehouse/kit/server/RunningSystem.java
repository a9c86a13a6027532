// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.List;

/** Servers that belong together, and all that they need. Closing it ends everything. */
public interface RunningSystem extends AutoCloseable {

    /** Its servers, each with a log of its own. */
    List<? extends RunningServer> servers();

    /** Makes good what was done to the servers; without anything done, nothing. */
    default void heal() throws StartFailure {}

    @Override
    void close();
}
