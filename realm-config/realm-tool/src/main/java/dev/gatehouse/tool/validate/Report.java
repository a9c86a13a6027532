// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;

import dev.gatehouse.tool.report.Terminal;

/** Shows findings and counts them. */
final class Report {

    private final Terminal terminal;
    private final boolean isStrict;
    private int errors;
    private int warnings;

    /** @param isStrict whether warnings count as errors */
    Report(Terminal terminal, boolean isStrict) {
        this.terminal = terminal;
        this.isStrict = isStrict;
    }

    /** @param where what was looked at, a word */
    void add(String where, List<Finding> findings) {
        for (Finding finding : findings) {
            boolean isError = finding.severity() == Severity.ERROR || isStrict;
            errors += isError ? 1 : 0;
            warnings += isError ? 0 : 1;
            terminal.result((isError ? Severity.ERROR : Severity.WARNING).word() + ": " + where + " "
                    + finding.problem().line() + " [" + finding.rule() + "]");
        }
    }

    /** The last line, and the exit status. */
    int end() {
        terminal.result(count(errors, "error") + ", " + count(warnings, "warning"));
        return errors == 0 ? 0 : 1;
    }

    private static String count(int number, String what) {
        return (number == 0 ? "no" : Integer.toString(number)) + " " + what + (number == 1 ? "" : "s");
    }
}
