// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.change;

import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.tool.report.Problem;
import dev.gatehouse.tool.report.Progress;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;

/**
 * All that is to be done to a realm, in an order in which people can sign in after every step.
 *
 * @param list in this order
 */
public record Changes(List<Change> list) {

    public Changes {
        list = List.copyOf(list);
    }

    /** Whether there is nothing to do. */
    public boolean empty() {
        return list.isEmpty();
    }

    /** What the operator reads, a line a difference. */
    public List<String> lines() {
        return list.stream().flatMap(change -> change.lines().stream()).toList();
    }

    /**
     * Does it all, and tells the progress. What fails stops it.
     *
     * @throws RefusedException that says what failed and what was done before it
     */
    public void run(Terminal terminal) {
        Progress progress = Progress.of(terminal, list.size());
        for (Change change : list) {
            progress.step(change.what());
            try {
                change.write().run();
            } catch (RefusedException failure) {
                throw stopped(change, progress.done(), failure);
            }
        }
    }

    private RefusedException stopped(Change change, int step, RefusedException failure) {
        List<Problem> problems = new ArrayList<>(failure.problems());
        List<String> done =
                list.stream().limit(step - 1L).map(Change::what).distinct().toList();
        problems.add(Problem.of("stopped at " + change.what() + ", step " + step + " of " + list.size()
                + "; done before: " + (done.isEmpty() ? "nothing" : String.join(", ", done))));
        problems.add(Problem.of("people can sign in all the same; run the same command again to go on from there"));
        return new RefusedException(problems);
    }
}
