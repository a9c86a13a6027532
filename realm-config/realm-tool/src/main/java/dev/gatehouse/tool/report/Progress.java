// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.report;

/** Tells on standard error how far a piece of work of several steps has come. */
public final class Progress {

    private final Terminal terminal;
    private final int total;
    private int done;

    private Progress(Terminal terminal, int total) {
        this.terminal = terminal;
        this.total = total;
    }

    /** For a piece of work of {@code total} steps. */
    public static Progress of(Terminal terminal, int total) {
        return new Progress(terminal, total);
    }

    /** The next step begins: {@code [3/17] flow "gatehouse browser"}. */
    public void step(String what) {
        done++;
        terminal.progress("[" + done + "/" + Math.max(done, total) + "] " + what);
    }

    /** How many steps have begun. */
    public int done() {
        return done;
    }
}
