// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;

/**
 * The threads behind the queue. Keycloak's own executors wait without bound, so they are not used. Which job is next, and
 * whether there is room for it, {@link Lanes} decides; what is done for it, {@link MailDelivery}.
 */
final class MailWorkers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MailWorkers.class);

    /** How long a stopping server waits for the reports of the mails that it does not send any more. */
    private static final Duration REPORTS = Duration.ofSeconds(2);

    /**
     * The bounds of a queue.
     *
     * @param threads how many mails are under way at a time
     * @param capacity how many wait
     * @param limit how long a step of one may take
     * @param drain how long a stopping server goes on
     */
    record Bounds(int threads, int capacity, Duration limit, Duration drain) {}

    private final MailDelivery.Post post;
    private final Bounds bounds;
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor timer;
    private final Lanes lanes;

    MailWorkers(MailDelivery.Post post, Bounds bounds) {
        this.post = post;
        this.bounds = bounds;
        // Jobs wait in their lanes. In here is only what a thread is about to take, so it needs no bound.
        this.pool = new ThreadPoolExecutor(
                bounds.threads(),
                Integer.MAX_VALUE,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named("gatehouse-mail-"));
        this.timer = new ScheduledThreadPoolExecutor(1, named("gatehouse-mail-timer-"));
        // An idle server keeps no thread of ours.
        pool.allowCoreThreadTimeOut(true);
        timer.setKeepAliveTime(30, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        this.lanes = new Lanes(threads(), this::in, bounds.threads(), bounds.capacity(), bounds.limit());
        post.metrics().watch(lanes);
    }

    private Lanes.Threads threads() {
        return new Lanes.Threads() {
            @Override
            public void run(Runnable work) {
                pool.execute(work);
            }

            @Override
            public void lost(int count) {
                pool.setCorePoolSize(bounds.threads() + count);
            }

            @Override
            public void exhausted() {
                LOG.warnf(
                        "%d mails took longer than %d s and still hold their threads; no mail is sent until one of them "
                                + "ends",
                        bounds.threads(), bounds.limit().toSeconds());
            }
        };
    }

    private Runnable in(Duration delay, Runnable work) {
        Future<?> later = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> later.cancel(false);
    }

    void submit(MailJob job) {
        MailDelivery delivery = new MailDelivery(job, post);
        if (!lanes.add(job.lane(), delivery)) {
            LOG.warnf(
                    "The mail queue is full (%d waiting); a mail of realm %s was not sent",
                    lanes.waiting(), job.realmId());
            delivery.refuse();
        }
    }

    @Override
    public void close() {
        Lanes.Left left = new Lanes.Left(0, 0);
        try {
            if (!lanes.drain(bounds.drain())) {
                left = lanes.stop(REPORTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            int forgotten = lanes.forget();
            left = new Lanes.Left(forgotten, forgotten);
        }
        if (left.jobs() > 0) {
            LOG.warnf(
                    "The server stopped before %d mails were sent; %d of them could not be reported",
                    left.jobs(), left.unreported());
        }
        timer.shutdownNow();
        pool.shutdownNow();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
