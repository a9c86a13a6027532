// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.tool.report.Problem;

/** Collects what one rule finds. */
final class Findings {

    private final String rule;
    private final List<Finding> all = new ArrayList<>();

    Findings(String rule) {
        this.rule = rule;
    }

    void error(Place place, String sentence) {
        add(Severity.ERROR, place, sentence);
    }

    void warning(Place place, String sentence) {
        add(Severity.WARNING, place, sentence);
    }

    void add(Severity severity, Place place, String sentence) {
        all.add(new Finding(severity, rule, new Problem(place.path(), sentence)));
    }

    void errorIf(boolean holds, Place place, String sentence) {
        if (holds) {
            error(place, sentence);
        }
    }

    void warningIf(boolean holds, Place place, String sentence) {
        if (holds) {
            warning(place, sentence);
        }
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
