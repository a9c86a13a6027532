// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;

/**
 * A flow with all that is inside, of a file or of a server.
 *
 * @param id the server's id, empty for a flow of a file
 * @param provider {@code basic-flow} or {@code form-flow}
 * @param steps in their order
 */
record Flow(String id, String alias, String description, String provider, boolean builtIn, List<Step> steps) {

    static final String BASIC = "basic-flow";
    static final String FORM = "form-flow";

    Flow {
        steps = List.copyOf(steps);
    }

    /** This flow and all inside. */
    List<Flow> all() {
        List<Flow> all = new ArrayList<>(List.of(this));
        for (Step step : steps) {
            Flow inner = step.flow();
            if (inner != null) {
                all.addAll(inner.all());
            }
        }
        return all;
    }

    /** Every alias in it, of flows and configurations. */
    List<String> aliases() {
        List<String> aliases = new ArrayList<>();
        for (Flow flow : all()) {
            aliases.add(flow.alias());
            for (Step step : flow.steps()) {
                Step.Config config = step.config();
                if (config != null) {
                    aliases.add(config.alias());
                }
            }
        }
        return aliases;
    }
}
