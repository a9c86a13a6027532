// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Starts {@link MeFunction} from a shell, with its settings in the environment. */
public final class Main {

    /** The exit status for settings that are wrong, as shells have it for wrong usage. */
    static final int WRONG_SETTINGS = 2;

    private Main() {}

    /** Runs until the process is ended. Exits with status 2 and one sentence on standard error when it cannot start. */
    public static void main(String[] arguments) {
        if (start(System.getenv(), System.out, System.err) == null) {
            System.exit(WRONG_SETTINGS);
        }
    }

    static @Nullable MeFunction start(Map<String, String> environment, PrintStream out, PrintStream err) {
        Settings settings;
        try {
            settings = Settings.of(environment);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return null;
        }
        try {
            MeFunction function =
                    MeFunction.start(settings.verifier(), settings.origins(), settings.port(), err::println);
            out.println("Listening on http://127.0.0.1:" + function.port() + "/me");
            return function;
        } catch (IOException e) {
            err.println("Cannot listen on 127.0.0.1:" + settings.port() + ": " + e.getMessage() + ". " + Settings.PORT
                    + " chooses another port.");
            return null;
        }
    }
}
