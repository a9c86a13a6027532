// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What is run by hand and starts servers: it ends when they have ended, also after Ctrl-C. */
public final class Program {

    /** The exit status of a program that did not come to its end. */
    public static final int FAILED = 1;

    private static final long LONGEST_END_SECONDS = 90;

    private Program() {}

    /**
     * Runs {@code program} and leaves with the exit status that it gives. Ctrl-C interrupts its thread; it then has to
     * end what it started, and is waited for.
     */
    public static void leaveAfter(String name, IntSupplier program) {
        Thread walker = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread onCtrlC = new Thread(
                () -> {
                    walker.interrupt();
                    await(name, ended);
                },
                name + "-end");
        Runtime.getRuntime().addShutdownHook(onCtrlC);
        int status = FAILED;
        try {
            status = program.getAsInt();
        } finally {
            ended.countDown();
            leave(onCtrlC, status);
        }
    }

    private static void await(String name, CountDownLatch ended) {
        try {
            boolean inTime = ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("The " + name + " did not end in time; a Keycloak may still run.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void leave(Thread onCtrlC, int status) {
        try {
            Runtime.getRuntime().removeShutdownHook(onCtrlC);
        } catch (IllegalStateException alreadyLeaving) {
            // Ctrl-C: the machine ends as soon as the hook has seen that everything was closed.
            return;
        }
        System.exit(status);
    }
}
