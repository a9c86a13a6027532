// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool;

import dev.gatehouse.tool.apply.ApplyCommand;
import dev.gatehouse.tool.broker.EnableBrokerCommand;
import dev.gatehouse.tool.keys.RotateKeysCommand;
import dev.gatehouse.tool.leave.LeaveCommand;
import dev.gatehouse.tool.report.RefusedException;
import dev.gatehouse.tool.report.Terminal;
import dev.gatehouse.tool.set.SetCommand;
import dev.gatehouse.tool.validate.ValidateCommand;
import picocli.CommandLine;

/** Starts the program. */
public final class Main {

    /** The exit status of a command that was refused or failed. */
    static final int REFUSED = 1;

    private Main() {}

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(program(Terminal.ofProcess()).execute(arguments));
    }

    /** All commands, each with {@code terminal} as its operator's side. */
    static CommandLine program(Terminal terminal) {
        return new CommandLine(new RealmTool())
                .addSubcommand(new ApplyCommand(terminal))
                .addSubcommand(new LeaveCommand(terminal))
                .addSubcommand(new ValidateCommand(terminal))
                .addSubcommand(new SetCommand(terminal))
                .addSubcommand(new EnableBrokerCommand(terminal))
                .addSubcommand(new RotateKeysCommand(terminal))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof RefusedException refused) {
                        refused.problems().forEach(terminal::problem);
                        return REFUSED;
                    }
                    throw failure;
                });
    }
}
