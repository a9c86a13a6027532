// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * How a flow of a server differs from that of a file.
 *
 * <p>A change of one step, of what is asked of it or of its configuration, is one request and so never half done; the
 * server keeps the rest of the flow meanwhile. More than that is no edit: such a flow is built anew.
 */
final class FlowDifference {

    /** One request that brings the flow nearer. */
    sealed interface Edit {
        /** What is asked of a step. */
        record Requirement(String flow, Step actual, String requirement) implements Edit {}

        /** The configuration of a step that has none, or has another. */
        record Configuration(Step actual, Step.Config wanted) implements Edit {}

        /** What people read about a flow; it steers nothing. */
        record Description(Flow actual, boolean topLevel, String description) implements Edit {}
    }

    private final List<String> lines = new ArrayList<>();
    private final List<Edit> edits = new ArrayList<>();
    private boolean otherSteps;

    private FlowDifference() {}

    static FlowDifference of(Flow wanted, Flow actual) {
        FlowDifference difference = new FlowDifference();
        difference.compare(wanted, actual, true);
        return difference;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    boolean none() {
        return lines.isEmpty();
    }

    /** The edits that make the flow right without it ever being half changed; empty if there are none such. */
    Optional<List<Edit>> inPlace() {
        long steering = edits.stream()
                .filter(edit -> !(edit instanceof Edit.Description))
                .count();
        return otherSteps || steering > 1 ? Optional.empty() : Optional.of(List.copyOf(edits));
    }

    private void compare(Flow wanted, Flow actual, boolean topLevel) {
        String name = "flow \"" + wanted.alias() + "\"";
        if (!wanted.description().equals(actual.description())) {
            lines.add(
                    "~ " + name + ": description: " + text(actual.description()) + " -> " + text(wanted.description()));
            edits.add(new Edit.Description(actual, topLevel, wanted.description()));
        }
        List<String> wantedNames = wanted.steps().stream().map(Step::name).toList();
        List<String> actualNames = actual.steps().stream().map(Step::name).toList();
        if (!wantedNames.equals(actualNames) || !wanted.provider().equals(actual.provider())) {
            otherSteps = true;
            steps(name, wantedNames, actualNames);
            return;
        }
        for (int i = 0; i < wantedNames.size(); i++) {
            step(name, wanted.steps().get(i), actual, actual.steps().get(i));
        }
    }

    private void steps(String name, List<String> wanted, List<String> actual) {
        List<String> added = new ArrayList<>(wanted);
        actual.forEach(added::remove);
        List<String> removed = new ArrayList<>(actual);
        wanted.forEach(removed::remove);
        added.forEach(step -> lines.add("+ " + name + ": step " + step));
        removed.forEach(step -> lines.add("- " + name + ": step " + step));
        if (added.isEmpty() && removed.isEmpty()) {
            lines.add("~ " + name + ": order of steps: " + String.join(", ", actual) + " -> "
                    + String.join(", ", wanted));
        }
    }

    private void step(String name, Step wanted, Flow parent, Step actual) {
        String at = name + ", step " + wanted.name();
        if (!wanted.requirement().equals(actual.requirement())) {
            lines.add("~ " + at + ": " + actual.requirement() + " -> " + wanted.requirement());
            edits.add(new Edit.Requirement(parent.alias(), actual, wanted.requirement()));
        }
        configuration(at, wanted.config(), actual);
        Flow inner = wanted.flow();
        if (inner != null) {
            compare(inner, Objects.requireNonNull(actual.flow()), false);
        }
    }

    private void configuration(String at, Step.@Nullable Config wanted, Step actual) {
        if (wanted == null) {
            return;
        }
        Step.Config there = actual.config();
        Map<String, String> values = there == null ? Map.of() : there.values();
        int before = lines.size();
        if (there == null || !FlowName.plain(there.alias()).equals(wanted.alias())) {
            lines.add("+ " + at + ": configuration \"" + wanted.alias() + "\"");
        }
        new TreeMap<>(wanted.values()).forEach((key, value) -> {
            String is = values.getOrDefault(key, "");
            if (!is.equals(value) && !is.equals(Meaning.HIDDEN)) {
                lines.add("~ " + at + ": " + key + ": " + shown(key, is) + " -> " + shown(key, value));
            }
        });
        if (lines.size() > before) {
            edits.add(new Edit.Configuration(actual, merged(wanted, values)));
        }
    }

    /** What the file does not name stays. */
    static Step.Config merged(Step.Config wanted, Map<String, String> values) {
        Map<String, String> merged = new TreeMap<>(values);
        wanted.values().forEach((key, value) -> {
            if (!Meaning.HIDDEN.equals(merged.get(key))) {
                merged.put(key, value);
            }
        });
        return new Step.Config("", wanted.alias(), merged);
    }

    private static String shown(String key, String value) {
        return value.isEmpty() ? "(none)" : Shown.secret(key) ? "***" : value;
    }

    private static String text(String text) {
        return text.isEmpty() ? "(none)" : "\"" + text + "\"";
    }
}
