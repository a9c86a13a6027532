// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Two nodes whose operations are done one by one, in an order that a number tells: a bit an operation, the lowest first. After
 * these they are done as they come.
 */
final class Interleaving {

    private final int order;
    private final int length;
    private final Set<Integer> done = new HashSet<>();
    private int next;

    Interleaving(int order, int length) {
        this.order = order;
        this.length = length;
    }

    SharedRegistry.Turn turnsOf(int node) {
        return new SharedRegistry.Turn() {
            @Override
            public <T> T take(Supplier<T> operation) {
                return inTurn(node, operation);
            }
        };
    }

    private synchronized <T> T inTurn(int node, Supplier<T> operation) {
        while (!isTurnOf(node)) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        next++;
        T result = operation.get();
        notifyAll();
        return result;
    }

    /** One that has nothing more to do is passed over. */
    private boolean isTurnOf(int node) {
        while (next < length && done.contains(order >> next & 1)) {
            next++;
        }
        return next >= length || (order >> next & 1) == node;
    }

    private synchronized void end(int node) {
        done.add(node);
        notifyAll();
    }

    /** Runs both to their ends. */
    void run(Runnable first, Runnable second) {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> runAs(1, second));
        runAs(0, first);
        try {
            other.join();
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private void runAs(int node, Runnable work) {
        try {
            work.run();
        } finally {
            end(node);
        }
    }
}
