// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** A flow that is built anew keeps what the old one's configurations have beyond the file; hidden values cannot be kept. */
final class Carried {

    private final Map<String, Flow> old = new HashMap<>();

    private Carried(Flow actual) {
        actual.all().forEach(flow -> old.put(FlowName.plain(flow.alias()), flow));
    }

    /** The wanted flow with the options of {@code actual} that the file does not name. */
    static Flow into(Flow wanted, Flow actual) {
        return new Carried(actual).flow(wanted);
    }

    private Flow flow(Flow wanted) {
        Flow before = old.get(wanted.alias());
        List<Step> steps = new ArrayList<>();
        for (Step step : wanted.steps()) {
            Flow inner = step.flow();
            steps.add(new Step(
                    step.id(),
                    step.provider(),
                    step.requirement(),
                    step.priority(),
                    before == null ? step.config() : config(step, before),
                    inner == null ? null : flow(inner)));
        }
        return new Flow("", wanted.alias(), wanted.description(), wanted.provider(), false, steps);
    }

    private static Step.@Nullable Config config(Step step, Flow before) {
        for (Step candidate : before.steps()) {
            Step.Config there = candidate.config();
            if (there != null && candidate.name().equals(step.name())) {
                Step.Config wanted = step.config();
                Map<String, String> values = new TreeMap<>(there.values());
                values.values().removeIf(Meaning.HIDDEN::equals);
                return wanted == null
                        ? new Step.Config("", FlowName.plain(there.alias()), values)
                        : FlowDifference.merged(wanted, values);
            }
        }
        return step.config();
    }
}
