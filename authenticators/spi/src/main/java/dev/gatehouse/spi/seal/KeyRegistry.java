// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.gatehouse.core.seal.Canary;

/** What the nodes of a server tell each other of their keys. Each call is a transaction of its own, done when it returns. */
interface KeyRegistry {

    /**
     * What one node told.
     *
     * @param node an id of the process
     * @param keyIds the keys that it can open with
     * @param seen when
     */
    record Report(String node, Set<String> keyIds, Instant seen) {}

    /** A canary of each key that secrets were sealed with, for names of keys that hold for {@code scope}. */
    List<Canary> canaries(String scope);

    /** Keeps a canary, unless there is one of that key's name already. */
    void addCanary(String scope, Canary canary);

    /** Tells the others. The next report of the same node takes its place. */
    void report(Report report);

    /** The latest report of every node that told anything after {@code since}; older ones are forgotten. */
    List<Report> reports(Instant since);
}
