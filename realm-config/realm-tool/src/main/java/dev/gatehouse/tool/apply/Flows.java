// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;
import dev.gatehouse.tool.report.RefusedException;

/**
 * The flows of a file. A flow that people sign in by is never half changed: what one request can change is changed in
 * place; for anything more a new flow is built beside the old one, everything is bound to the new one, and the old one is
 * removed. A run that was cut off is finished by the next: a complete flow is used, an incomplete one removed.
 */
final class Flows {

    private final Realm realm;
    private final ServerFlows server;
    private final FlowWriter writer;
    private final List<Change> builds = new ArrayList<>();
    private final List<Change> switches = new ArrayList<>();

    private Flows(Realm realm) {
        this.realm = realm;
        this.server = new ServerFlows(realm);
        this.writer = new FlowWriter(realm);
    }

    static Flows of(Target target) {
        Flows flows = new Flows(target.realm());
        new FileFlows(target.file()).topLevel().forEach(flows::plan);
        return flows;
    }

    /** Makes flows and edits them; none of it takes a flow away. */
    List<Change> builds() {
        return List.copyOf(builds);
    }

    /** Puts new flows in the place of old ones. */
    List<Change> switches() {
        return List.copyOf(switches);
    }

    private void plan(Flow wanted) {
        List<Flow> there = candidates(wanted);
        if (there.isEmpty()) {
            builds.add(new Change(name(wanted), List.of("+ " + name(wanted)), () -> writer.build(wanted, "")));
            return;
        }
        Flow best = there.get(0);
        FlowDifference least = FlowDifference.of(wanted, best);
        for (Flow candidate : there) {
            FlowDifference difference = FlowDifference.of(wanted, candidate);
            if (difference.none() && !least.none()) {
                best = candidate;
                least = difference;
            }
        }
        String kept = best.alias();
        if (!least.none()) {
            kept = mend(wanted, best, least, there);
        }
        if (there.size() > 1 || !kept.equals(wanted.alias())) {
            finish(wanted, kept, least.none());
        }
    }

    /** Changes the flow in place or builds it anew, and gives the alias of the right one. */
    private String mend(Flow wanted, Flow actual, FlowDifference difference, List<Flow> there) {
        List<FlowDifference.Edit> edits = difference.inPlace().orElse(null);
        if (edits != null) {
            builds.add(new Change(name(wanted), difference.lines(), () -> edits.forEach(writer::edit)));
            return actual.alias();
        }
        Set<String> taken = new HashSet<>(server.aliases());
        there.forEach(flow -> taken.addAll(flow.aliases()));
        String mark = wanted.aliases().stream()
                .map(alias -> FlowName.freeMark(alias, taken))
                .reduce("", (one, other) -> one.length() >= other.length() ? one : other);
        List<String> lines = new ArrayList<>(difference.lines());
        lines.add(
                "  " + name(wanted) + " is built anew beside the old one, which serves until the new one is complete");
        builds.add(new Change(name(wanted), lines, () -> writer.build(Carried.into(wanted, actual), mark)));
        return wanted.alias() + mark;
    }

    private void finish(Flow wanted, String kept, boolean cutOff) {
        List<String> lines =
                cutOff ? List.of("~ " + name(wanted) + ": an earlier run was cut off; it is finished") : List.of();
        switches.add(new Change(name(wanted) + " takes over", lines, () -> replace(wanted.alias(), kept)));
    }

    private void replace(String alias, String kept) {
        ServerFlows now = new ServerFlows(realm);
        Flow keep = now.flow(kept);
        if (keep == null) {
            throw new RefusedException("the flow \"" + kept + "\" is gone; somebody else works on this realm");
        }
        for (String other : now.aliases()) {
            Flow old = FlowName.plain(other).equals(alias) && !other.equals(kept) ? now.flow(other) : null;
            if (old != null) {
                new FlowUses(realm).move(old, keep);
                realm.admin().delete(realm.path("authentication", "flows", old.id()));
            }
        }
        writer.unmark(keep, true);
    }

    /** The flow of that alias first, then those that a run that was cut off has left. */
    private List<Flow> candidates(Flow wanted) {
        List<Flow> candidates = new ArrayList<>();
        for (String alias : server.aliases()) {
            Flow flow = FlowName.plain(alias).equals(wanted.alias()) ? server.flow(alias) : null;
            if (flow != null && flow.builtIn()) {
                throw new RefusedException(
                        JsonPath.named("$.authenticationFlows", alias),
                        "is one of the server's own flows; choose another alias");
            }
            if (flow != null) {
                candidates.add(alias.equals(wanted.alias()) ? 0 : candidates.size(), flow);
            }
        }
        return candidates;
    }

    private static String name(Flow flow) {
        return "flow \"" + flow.alias() + "\"";
    }
}
