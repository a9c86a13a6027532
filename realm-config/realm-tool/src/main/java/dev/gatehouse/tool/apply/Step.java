// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One step of a flow: a provider, a flow inside the flow, or a form with what it does.
 *
 * @param id the server's id, empty for a step of a file
 * @param provider the id of the provider, empty for a flow that is no form
 * @param requirement as the server writes it
 * @param priority its place; only the order of steps counts
 * @param config its configuration, if it has one
 * @param flow what is inside, if it is a flow
 */
record Step(
        String id,
        String provider,
        String requirement,
        int priority,
        @Nullable Config config,
        @Nullable Flow flow) {

    /** The configuration of a step. */
    record Config(String id, String alias, Map<String, String> values) {

        Config {
            values = Map.copyOf(values);
        }
    }

    /** What the step is, without what is asked of it. */
    String name() {
        return flow == null ? provider : "flow " + FlowName.plain(flow.alias());
    }
}
