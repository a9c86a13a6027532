// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Decides which job runs next. Of one lane at most one job runs at a time, in the order in which they came; after each
 * job its lane goes behind all others that wait, so that a long lane holds up a short one by one job at most.
 *
 * <p>The bound is on the waiting jobs of all lanes together, and one lane gets a quarter of it at most: whoever asks for
 * mails to one address again and again does not fill the places of everybody else.
 */
final class Lanes {

    /** A lane with a job that runs or waits; it is forgotten after its last. */
    private record Lane(String name, Deque<Runnable> waiting) {}

    private final Executor pool;
    private final int threads;
    private final int capacity;
    private final int laneCapacity;
    private final Map<String, Lane> lanes = new HashMap<>();
    /** The lanes of which a job waits and none runs, the next one first. Empty, as long as a thread is free. */
    private final Deque<Lane> line = new ArrayDeque<>();

    private final CountDownLatch drained = new CountDownLatch(1);
    private int running;
    private int waiting;
    private boolean closed;

    /** Hands {@code pool} at most {@code threads} jobs at a time; it must not run them on the caller's thread. */
    Lanes(Executor pool, int threads, int capacity) {
        this.pool = pool;
        this.threads = threads;
        this.capacity = capacity;
        this.laneCapacity = Math.max(1, capacity / 4);
    }

    /** Takes {@code job}, and says so; not if it would have to wait and there is no room, nor after {@link #drain}. */
    synchronized boolean add(String name, Runnable job) {
        Lane open = lanes.get(name);
        boolean waits = running == threads || open != null;
        boolean full = waiting >= capacity || (open != null && open.waiting().size() >= laneCapacity);
        if (closed || (waits && full)) {
            return false;
        }
        lanes.computeIfAbsent(name, this::lineUp).waiting().addLast(job);
        waiting++;
        startNext();
        return true;
    }

    private Lane lineUp(String name) {
        Lane lane = new Lane(name, new ArrayDeque<>());
        line.addLast(lane);
        return lane;
    }

    private void startNext() {
        while (running < threads && !line.isEmpty()) {
            Lane lane = line.getFirst();
            Runnable job = lane.waiting().getFirst();
            // First, because a system out of threads throws here: then the job still waits, and the next event tries.
            pool.execute(() -> run(lane, job));
            line.removeFirst();
            lane.waiting().removeFirst();
            waiting--;
            running++;
        }
    }

    private void run(Lane lane, Runnable job) {
        try {
            job.run();
        } finally {
            end(lane);
        }
    }

    private synchronized void end(Lane lane) {
        running--;
        if (lane.waiting().isEmpty()) {
            lanes.remove(lane.name());
        } else {
            line.addLast(lane);
        }
        startNext();
        if (closed && lanes.isEmpty()) {
            drained.countDown();
        }
    }

    /** Takes no more jobs; true as soon as none is left that runs or waits, false if one is after {@code limit}. */
    boolean drain(Duration limit) throws InterruptedException {
        synchronized (this) {
            closed = true;
            if (lanes.isEmpty()) {
                return true;
            }
        }
        return drained.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Forgets what waits, and starts nothing more; only after {@link #drain}. Returns how many jobs that were. */
    synchronized int abandon() {
        int left = waiting;
        lanes.values().forEach(lane -> lane.waiting().clear());
        lanes.clear();
        line.clear();
        waiting = 0;
        return left;
    }

    synchronized int waiting() {
        return waiting;
    }

    /** How many lanes are remembered. */
    synchronized int size() {
        return lanes.size();
    }
}
