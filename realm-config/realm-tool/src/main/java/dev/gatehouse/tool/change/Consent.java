// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.change;

import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import picocli.CommandLine.Option;

/** The options of commands that show what they will do before they do it. */
public final class Consent {

    @Option(names = "--dry-run", description = "Show what would change, and write nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /**
     * Shows the changes and finds out whether they shall be made.
     *
     * @return false if there is nothing to do or nothing is to be done
     * @throws RefusedException if the operator does not say yes
     */
    public boolean given(Changes changes, String realm, Terminal terminal) {
        changes.lines().forEach(terminal::result);
        if (changes.empty()) {
            terminal.result("Nothing to change");
            return false;
        }
        if (dryRun) {
            terminal.result("Dry run: nothing was written");
            return false;
        }
        if (!yes && !terminal.confirm("Write this to realm " + realm + "?")) {
            throw new RefusedException("not confirmed; nothing was written");
        }
        return true;
    }
}
