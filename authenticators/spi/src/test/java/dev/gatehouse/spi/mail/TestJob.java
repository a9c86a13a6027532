// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A job that is the message that it prepares, tells when and where that is sent, and can be held up. It has a lane to
 * itself, unless it is put in another.
 */
class TestJob implements MailJob, Sending {

    private static final long PATIENCE = 20;
    private static final AtomicInteger LANES = new AtomicInteger();

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch reported = new CountDownLatch(1);
    private final CountDownLatch mayEnd;
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> refuser = new AtomicReference<>();
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private volatile boolean interrupted;
    private String lane = "lane " + LANES.incrementAndGet();

    private TestJob(int holds) {
        this.mayEnd = new CountDownLatch(holds);
    }

    /** A job that ends at once. */
    static TestJob quick() {
        return new TestJob(0);
    }

    /** A job that runs until it is {@linkplain #release released} or interrupted. */
    static TestJob held() {
        return new TestJob(1);
    }

    /** A job that runs until it is {@linkplain #release released}, whoever interrupts it. */
    static TestJob stubborn() {
        return new TestJob(1) {
            @Override
            void hold(CountDownLatch until) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    hold(until);
                }
            }
        };
    }

    /** A job that runs as long as {@code work} does. */
    static TestJob holding(Runnable work) {
        return new TestJob(0) {
            @Override
            void hold(CountDownLatch until) {
                work.run();
            }
        };
    }

    /** A job whose message cannot be sent. */
    static TestJob failing(MailFailure failure) {
        return new TestJob(0) {
            @Override
            public void send(RealmTransactions transactions) throws MailFailure {
                super.send(transactions);
                throw failure;
            }
        };
    }

    /** A job that breaks before there is a message. */
    static TestJob mistaken() {
        return new TestJob(0) {
            @Override
            public Optional<Sending> prepare(RealmTransactions transactions) {
                run();
                throw new IllegalStateException("not expected");
            }
        };
    }

    /** Puts it in {@code other}, before it is handed on. */
    TestJob in(String other) {
        lane = other;
        return this;
    }

    @Override
    public String realmId() {
        return "realm-1";
    }

    @Override
    public String lane() {
        return lane;
    }

    @Override
    public Optional<Sending> prepare(RealmTransactions transactions) {
        return Optional.of(this);
    }

    @Override
    public void send(RealmTransactions transactions) throws MailFailure {
        run();
    }

    final void run() {
        tries.incrementAndGet();
        thread.set(Thread.currentThread());
        started.countDown();
        hold(mayEnd);
        ended.countDown();
    }

    void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void gaveUp(RealmTransactions transactions, String reason) {
        reasons.add(reason);
        reported.countDown();
    }

    @Override
    public Instant until() {
        return Instant.MAX;
    }

    @Override
    public void refused(RealmTransactions transactions, String reason) {
        refusals.incrementAndGet();
        refuser.set(Thread.currentThread());
        reported.countDown();
    }

    void release() {
        mayEnd.countDown();
    }

    TestJob awaitStart() throws InterruptedException {
        await(started);
        return this;
    }

    TestJob awaitEnd() throws InterruptedException {
        await(ended);
        return this;
    }

    /** Waits until it is told that it is not sent. */
    TestJob awaitReport() throws InterruptedException {
        await(reported);
        return this;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing happened for " + PATIENCE + " s");
        }
    }

    boolean hasStarted() {
        return started.getCount() == 0;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    int tries() {
        return tries.get();
    }

    int refusals() {
        return refusals.get();
    }

    /** Why it was given up, each time that it was told. */
    List<String> reasons() {
        return reasons;
    }

    @Nullable
    Thread thread() {
        return thread.get();
    }

    @Nullable
    Thread refuser() {
        return refuser.get();
    }
}
