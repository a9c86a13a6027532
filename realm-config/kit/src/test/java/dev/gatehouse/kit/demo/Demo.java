// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.PrintStream;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.kit.server.Program;
import dev.gatehouse.kit.server.StartFailure;
import org.jspecify.annotations.Nullable;

/**
 * Starts everything and says where it is, until Ctrl-C; with {@code demo.check} it walks through all of it and ends.
 *
 * <p>Exit status 0: as it should be. 1: something failed. 2: it was told something that cannot be done.
 */
public final class Demo {

    static final int FINE = 0;
    static final int FAILED = Program.FAILED;
    static final int REFUSED = 2;

    private final PrintStream out;
    private final PrintStream err;

    Demo(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        Program.leaveAfter("demo", () -> new Demo(System.out, System.err).run(System.getProperties(), System.getenv()));
    }

    /** Runs until it is interrupted, or until the check is over; gives the exit status. */
    int run(Properties properties, Map<String, String> environment) {
        DemoSettings settings;
        try {
            settings = DemoSettings.read(properties, environment);
        } catch (DemoRefusal refusal) {
            return tell(refusal.getMessage(), REFUSED);
        }
        try (DemoWorld world = new DemoWorld(settings, this::say)) {
            return run(world, settings);
        }
    }

    private int run(DemoWorld world, DemoSettings settings) {
        try {
            world.start();
            if (settings.check()) {
                int failed = new DemoCheck(world, out).walk();
                if (failed > 0) {
                    world.keepLog();
                }
                return failed == 0 ? FINE : FAILED;
            }
            DemoGuide.print(world, out);
            return stay(world);
        } catch (DemoRefusal refusal) {
            return tell(refusal.getMessage(), REFUSED);
        } catch (StartFailure failure) {
            return wasInterrupted() ? FINE : tell(failure.getMessage(), FAILED);
        } catch (InterruptedException ctrlC) {
            say("Stopping ...");
            return FINE;
        } catch (RuntimeException e) {
            // Whatever part it is that fails, a person gets a sentence and no stack trace.
            return wasInterrupted() ? FINE : tell("The demo failed: " + e.getMessage(), FAILED);
        }
    }

    private int stay(DemoWorld world) throws InterruptedException {
        while (world.keycloak().alive()) {
            TimeUnit.SECONDS.sleep(1);
        }
        world.keepLog();
        return tell(
                "Keycloak has ended by itself; its log is " + world.keycloak().log() + ".", FAILED);
    }

    /** A start that was interrupted by Ctrl-C has not failed. */
    private boolean wasInterrupted() {
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (interrupted) {
            say("Stopping ...");
        }
        return interrupted;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private int tell(@Nullable String sentence, int status) {
        err.println(sentence);
        err.flush();
        return status;
    }
}
