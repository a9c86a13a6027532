// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One fetch of the keys, which any number of requests may wait for.
 *
 * <p>It has a thread of its own for its short life, so that nobody waits longer than agreed: neither a name server that keeps
 * silent nor an answer that drips is subject to the time-outs of a connection. Some request always waits for it, and while one
 * does, a function is not frozen.
 */
final class Flight implements Runnable {

    private final KeyServer server;
    private final Set<Algorithm> algorithms;
    private final Instant startedAt;
    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile @Nullable HttpURLConnection connection;
    private volatile @Nullable KeySet keys;
    private volatile String problem = "no answer in time";

    Flight(KeyServer server, Set<Algorithm> algorithms, Instant startedAt) {
        this.server = server;
        this.algorithms = algorithms;
        this.startedAt = startedAt;
    }

    void start() {
        Thread thread = new Thread(this, "gatehouse-keys");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            HttpURLConnection opened = server.connection();
            connection = opened;
            try {
                keys = KeySet.parse(server.read(opened), algorithms, startedAt);
            } finally {
                opened.disconnect();
            }
        } catch (IOException e) {
            problem = e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (UnusableKeyException e) {
            problem = "the answer was no key set: " + e.getMessage();
        } finally {
            landed.countDown();
        }
    }

    /** Returns when the fetch is over, after the time agreed at the latest; it is broken off then. */
    void await() {
        try {
            if (!landed.await(server.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                breakOff();
            }
        } catch (InterruptedException e) {
            // Whoever interrupts this request wants it to end. Others may still wait for the same fetch.
            Thread.currentThread().interrupt();
        }
    }

    boolean isOver() {
        return landed.getCount() == 0;
    }

    /** The keys, or {@code null} when there are none, or none yet. */
    @Nullable
    KeySet keys() {
        return keys;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** What went wrong, for the log. */
    String problem() {
        return problem;
    }

    private void breakOff() {
        HttpURLConnection opened = connection;
        if (opened != null) {
            opened.disconnect();
        }
        landed.countDown();
    }
}
