// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Decides which job runs next. Of one lane at most one job is under way at a time, in the order in which they came, and
 * while it waits for its next step the lane stays closed. After each job its lane goes behind all others that wait, so
 * that a long lane holds up a short one by one job at most.
 *
 * <p>The bound is on the waiting jobs of all lanes together, and one lane gets a quarter of it at most: whoever asks for
 * mails to one address again and again does not fill the places of everybody else. A job that waits for its next step
 * has a place too; those under way when the places are full can so exceed the bound by one for each thread.
 *
 * <p>A step that takes longer than the limit loses its turn: its lane goes on, and another thread takes the place of its
 * own. As long as {@code threads} of them have not come back, no step starts.
 */
final class Lanes {

    /** A job, as a row of steps. All but {@link #step} is called under the lock of the lanes and must be short. */
    interface Job {

        /** Does the next step. What it returns tells what comes then; it is not asked if the turn was taken away. */
        Supplier<Next> step(Turn turn);

        /** The turn of the step was taken away because it took too long: what comes then. */
        Next overdue();

        /** No step but the report that the server stops is left; the turn of a step under way was taken away. */
        Next stop();
    }

    /** The threads that do the steps. */
    interface Threads {

        /** Does {@code work}, not on the thread of the caller. */
        void run(Runnable work);

        /** So many threads are busy with steps that lost their turn, and need a replacement. */
        void lost(int count);

        /** No step starts until one of those comes back. */
        void exhausted();
    }

    /** How many jobs were not done, and how many of those could not even be reported. */
    record Left(int jobs, int unreported) {}

    /** How long to wait for the end of a commit that cannot be interrupted. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** A lane with a job that is under way or waits; it is forgotten after its last. */
    private record Lane(String name, Deque<Job> waiting) {}

    private record Slot(Lane lane, Job job) {}

    private final Threads pool;
    private final Alarm alarm;
    private final int threads;
    private final int capacity;
    private final int laneCapacity;
    private final Duration limit;
    private final Map<String, Lane> lanes = new HashMap<>();
    /** The lanes of which a job waits for a thread, the next one first. Empty, as long as a thread is free. */
    private final Deque<Lane> line = new ArrayDeque<>();
    /** The lanes whose job waits until it is time, and how to call that off. */
    private final Map<Lane, Runnable> resting = new HashMap<>();

    private final Map<Turn, Slot> running = new HashMap<>();

    private final CountDownLatch drained = new CountDownLatch(1);
    private int waiting;
    private int lost;
    private boolean closed;
    private boolean stopping;
    private boolean over;

    /**
     * @param threads how many steps are done at a time
     * @param capacity how many jobs may wait
     * @param limit how long a step may take
     */
    Lanes(Threads pool, Alarm alarm, int threads, int capacity, Duration limit) {
        this.pool = pool;
        this.alarm = alarm;
        this.threads = threads;
        this.capacity = capacity;
        this.laneCapacity = Math.max(1, capacity / 4);
        this.limit = limit;
    }

    /** Takes {@code job}, and says so; not if it would have to wait and there is no room, nor after {@link #drain}. */
    synchronized boolean add(String name, Job job) {
        Lane open = lanes.get(name);
        boolean waits = !mayStart() || open != null;
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

    private boolean mayStart() {
        // What is left at the end is a report that must get through, however many threads hang.
        return running.size() < threads && (lost < threads || stopping);
    }

    private void startNext() {
        while (mayStart() && !line.isEmpty()) {
            Lane lane = line.getFirst();
            Job job = lane.waiting().getFirst();
            Turn turn = new Turn();
            // First, because a system out of threads throws here: then the job still waits, and the next event tries.
            pool.run(() -> run(job, turn));
            line.removeFirst();
            lane.waiting().removeFirst();
            waiting--;
            running.put(turn, new Slot(lane, job));
        }
    }

    private void run(Job job, Turn turn) {
        Supplier<Next> outcome = () -> Next.DONE;
        Runnable callOff = () -> {};
        try {
            if (turn.begin()) {
                callOff = alarm.in(limit, () -> overdue(turn));
                outcome = job.step(turn);
            }
        } finally {
            callOff.run();
            end(turn, outcome);
        }
    }

    private synchronized void end(Turn turn, Supplier<Next> outcome) {
        if (turn.end()) {
            goOn(turn, job -> outcome.get());
        } else if (!over) {
            lost--;
            pool.lost(lost);
            startNext();
        }
    }

    private void overdue(Turn turn) {
        if (!takeAway(turn, Job::overdue) && !turn.hasEnded()) {
            alarm.in(MOMENT, () -> overdue(turn));
        }
    }

    private synchronized boolean takeAway(Turn turn, Function<Job, Next> outcome) {
        if (!turn.takeAway()) {
            return false;
        }
        lost++;
        pool.lost(lost);
        if (lost == threads && !stopping) {
            pool.exhausted();
        }
        goOn(turn, outcome);
        return true;
    }

    private void goOn(Turn turn, Function<Job, Next> outcome) {
        @Nullable Slot slot = running.remove(turn);
        if (slot == null) {
            return;
        }
        Job job = slot.job();
        Lane lane = slot.lane();
        Next next = outcome.apply(job);
        if (!next.isDone() && (stopping || (closed && !next.pause().isZero()))) {
            // A server that stops waits for nothing, and at last does nothing but report.
            next = job.stop();
        }
        if (!next.isDone()) {
            lane.waiting().addFirst(job);
            waiting++;
        }
        if (lane.waiting().isEmpty()) {
            lanes.remove(lane.name());
        } else if (next.isDone()) {
            line.addLast(lane);
        } else if (next.pause().isZero()) {
            line.addFirst(lane);
        } else {
            resting.put(lane, alarm.in(next.pause(), () -> wake(lane)));
        }
        startNext();
        if (closed && lanes.isEmpty()) {
            drained.countDown();
        }
    }

    private synchronized void wake(Lane lane) {
        if (resting.remove(lane) != null) {
            line.addLast(lane);
            startNext();
        }
    }

    /**
     * Takes no more jobs, and lets those that wait until it is time go on at once. True as soon as none is left, false if
     * one is after {@code most}.
     */
    boolean drain(Duration most) throws InterruptedException {
        synchronized (this) {
            closed = true;
            resting.forEach((lane, callOff) -> {
                callOff.run();
                line.addLast(lane);
            });
            resting.clear();
            startNext();
            if (lanes.isEmpty()) {
                return true;
            }
        }
        return drained.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Takes all turns away and lets each job that is left report that the server stops, for {@code most} at most. Only
     * after {@link #drain}; nothing starts any more when it returns.
     */
    Left stop(Duration most) throws InterruptedException {
        int left;
        synchronized (this) {
            stopping = true;
            left = waiting + running.size();
            lanes.values().forEach(lane -> lane.waiting().forEach(Job::stop));
            List.copyOf(running.keySet()).forEach(turn -> takeAway(turn, job -> Next.NOW));
            if (lanes.isEmpty()) {
                drained.countDown();
            }
        }
        boolean reported = drained.await(most.toMillis(), TimeUnit.MILLISECONDS);
        return new Left(left, reported ? 0 : forget());
    }

    /** Takes all turns away and starts nothing more. Returns how many jobs that ends, those under way included. */
    synchronized int forget() {
        int left = waiting + running.size();
        over = true;
        running.keySet().forEach(Turn::takeAway);
        lanes.clear();
        line.clear();
        running.clear();
        waiting = 0;
        return left;
    }

    /** How many jobs wait, for a thread or until it is time. */
    synchronized int waiting() {
        return waiting;
    }

    /** How many lanes are remembered. */
    synchronized int size() {
        return lanes.size();
    }
}
