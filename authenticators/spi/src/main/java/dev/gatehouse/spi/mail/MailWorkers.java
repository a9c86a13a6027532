// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The threads behind the queue. Keycloak's own executors wait without bound, so they are not used. Which job is next, and
 * whether there is room for it, {@link Lanes} decides.
 */
final class MailWorkers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MailWorkers.class);

    private final KeycloakSessionFactory factory;
    private final ThreadPoolExecutor pool;
    private final Lanes lanes;
    private final Duration drain;

    MailWorkers(KeycloakSessionFactory factory, int threads, int capacity, Duration drain) {
        this.factory = factory;
        this.drain = drain;
        // Jobs wait in their lanes. In here is only what a thread is about to take, so it needs no bound.
        this.pool =
                new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named());
        // An idle server keeps no thread of ours.
        this.pool.allowCoreThreadTimeOut(true);
        this.lanes = new Lanes(pool, threads, capacity);
    }

    void submit(MailJob job) {
        RealmTransactions transactions = new RealmTransactions(factory, job.realmId());
        if (!lanes.add(job.lane(), () -> run(job, transactions))) {
            LOG.warnf(
                    "The mail queue is full (%d waiting); a mail of realm %s was not sent",
                    lanes.waiting(), job.realmId());
            refuse(job, transactions);
        }
    }

    private static void refuse(MailJob job, RealmTransactions transactions) {
        try {
            job.refused(transactions);
        } catch (RuntimeException e) {
            // The request is committed and its answer must not depend on whether this could be told.
            LOG.errorf(e, "Realm %s: a mail that was not sent could not be reported", job.realmId());
        }
    }

    private static void run(MailJob job, RealmTransactions transactions) {
        try {
            job.run(transactions);
        } catch (MailFailure e) {
            // Keycloak's mail sender has logged the cause; its text can hold an address, so ours does not repeat it.
            LOG.warnf("Realm %s: %s", job.realmId(), e.getMessage());
        } catch (RuntimeException e) {
            // This is the end of the thread's stack: nobody else can tell the operator, and the next job must run.
            LOG.errorf(e, "Realm %s: a mail could not be prepared", job.realmId());
        }
    }

    @Override
    public void close() {
        boolean drained = false;
        try {
            drained = lanes.drain(drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (drained) {
            pool.shutdown();
        } else {
            // In this order: what ends from here on starts nothing, so the pool is never asked for more.
            int left = lanes.abandon() + pool.shutdownNow().size();
            LOG.warnf("The server stopped with %d mails waiting", left);
        }
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "gatehouse-mail-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
