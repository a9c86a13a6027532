// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import dev.gatehouse.tool.report.Problem;

/**
 * What a rule says against a realm.
 *
 * @param rule the name of the rule
 */
record Finding(Severity severity, String rule, Problem problem) {

    /** One line. */
    String line() {
        return severity.word() + ": " + problem.line() + " [" + rule + "]";
    }
}
