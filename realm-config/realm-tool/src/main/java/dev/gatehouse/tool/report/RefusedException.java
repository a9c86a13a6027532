// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.report;

import java.util.List;
import java.util.stream.Collectors;

/** A command cannot do, or does not do, what it was asked to; the program prints the problems and exits with 1. */
public class RefusedException extends RuntimeException {

    private final List<Problem> problems;

    /** For each of these reasons, of which there is at least one. */
    public RefusedException(List<Problem> problems) {
        super(problems.stream().map(Problem::line).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** For one reason. */
    public RefusedException(String path, String sentence) {
        this(List.of(new Problem(path, sentence)));
    }

    /** For one reason of no particular place. */
    public RefusedException(String sentence) {
        this("", sentence);
    }

    /** Why, one line each. */
    public List<Problem> problems() {
        return problems;
    }
}
