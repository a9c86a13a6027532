// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** The same thing done many times at one moment. */
final class AtOnce {

    private AtOnce() {}

    /** What came of each. */
    static <T> List<T> times(int count, IntFunction<T> work) {
        ExecutorService all = Executors.newFixedThreadPool(count);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                Callable<T> one = () -> {
                    go.await();
                    return work.apply(number);
                };
                running.add(all.submit(one));
            }
            go.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get(3, TimeUnit.MINUTES));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while others work", e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("One of them did not come to an end", e);
        } finally {
            all.shutdownNow();
        }
    }
}
