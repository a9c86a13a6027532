// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** A job that tells when and where it ran, and can be held up. It has a lane to itself, unless it is put in another. */
class TestJob implements MailJob {

    private static final long PATIENCE = 20;
    private static final AtomicInteger LANES = new AtomicInteger();

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch mayEnd;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> refuser = new AtomicReference<>();
    private volatile boolean interrupted;
    private String lane = "lane " + LANES.incrementAndGet();

    private TestJob(int holds) {
        this.mayEnd = new CountDownLatch(holds);
    }

    /** A job that ends at once. */
    static TestJob quick() {
        return new TestJob(0);
    }

    /** A job that runs until it is {@linkplain #release released}. */
    static TestJob held() {
        return new TestJob(1);
    }

    /** A job that ends by throwing. */
    static TestJob failing(@Nullable MailFailure expected) {
        return new TestJob(0) {
            @Override
            public void run(RealmTransactions transactions) throws MailFailure {
                super.run(transactions);
                if (expected == null) {
                    throw new IllegalStateException("not expected");
                }
                throw expected;
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
    public void run(RealmTransactions transactions) throws MailFailure {
        thread.set(Thread.currentThread());
        started.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        }
        ended.countDown();
    }

    @Override
    public void refused(RealmTransactions transactions) {
        refusals.incrementAndGet();
        refuser.set(Thread.currentThread());
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

    int refusals() {
        return refusals.get();
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
