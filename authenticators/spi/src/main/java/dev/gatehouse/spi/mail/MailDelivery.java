// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.spi.mail.MailMetrics.Outcome;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The way of one job through the queue: it is prepared, tried, and reported if no try succeeded. Each of these is a turn
 * of its own, so that what is reported never runs beside a try that still has its turn.
 */
final class MailDelivery implements Lanes.Job {

    private static final Logger LOG = Logger.getLogger(MailDelivery.class);

    private enum Step {
        PREPARE,
        SEND,
        REPORT,
        REPORTING
    }

    /** What all jobs of a queue share. */
    record Post(KeycloakSessionFactory factory, Retries retries, InstantSource clock, MailMetrics metrics) {}

    /** What is there to be sent. */
    private record Ready(Sending sending, Instant until) {}

    private final MailJob job;
    private final Post post;
    private volatile Step step = Step.PREPARE;
    private @Nullable Ready ready;
    private int tries;
    private String reason = "mail_queue_full";

    MailDelivery(MailJob job, Post post) {
        this.job = job;
        this.post = post;
    }

    /** Is told, on the request's own thread, that the queue did not take it. */
    void refuse() {
        post.metrics().count(Outcome.REFUSED);
        report(new Turn());
    }

    @Override
    public Supplier<Next> step(Turn turn) {
        return switch (step) {
            case PREPARE -> prepare(turn);
            case SEND -> send(turn);
            case REPORT, REPORTING -> {
                step = Step.REPORTING;
                report(turn);
                yield () -> Next.DONE;
            }
        };
    }

    private Supplier<Next> prepare(Turn turn) {
        try {
            Optional<Ready> prepared =
                    job.prepare(transactions(turn)).map(sending -> new Ready(sending, sending.until()));
            return () -> prepared(prepared);
        } catch (RuntimeException | Error e) {
            // This is the end of the thread's stack: nobody else can tell the operator, and the next job must run.
            return () -> {
                LOG.errorf("Realm %s: a mail could not be prepared: %s", job.realmId(), place(e));
                return over(Outcome.FAILED);
            };
        }
    }

    private Next prepared(Optional<Ready> prepared) {
        if (prepared.isEmpty()) {
            return Next.DONE;
        }
        ready = prepared.get();
        step = Step.SEND;
        return Next.NOW;
    }

    private Supplier<Next> send(Turn turn) {
        Ready mail = mail();
        if (isOver(mail, Duration.ZERO)) {
            return () -> giveUp("mail_too_late", Outcome.TOO_LATE);
        }
        if (tries > 0) {
            post.metrics().count(Outcome.RETRIED);
        }
        try {
            mail.sending().send(transactions(turn));
            return () -> over(Outcome.SENT);
        } catch (MailFailure e) {
            // Whoever made it has logged the cause; its text can hold an address, so ours does not repeat it.
            return () -> failed(e.isPermanent(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // The end of the stack, as above. A database that is away for a moment shows here.
            return () -> failed(false, "a mail could not be sent: " + place(e));
        }
    }

    private Next failed(boolean permanent, String what) {
        tries++;
        if (permanent || tries >= post.retries().attempts()) {
            LOG.warnf("Realm %s: %s", job.realmId(), what);
            return giveUp("mail_failed", Outcome.FAILED);
        }
        LOG.debugf("Realm %s: %s; it is tried again", job.realmId(), what);
        return again();
    }

    private Next again() {
        Duration wait = post.retries().after(tries);
        return isOver(mail(), wait) ? giveUp("mail_too_late", Outcome.TOO_LATE) : Next.after(wait);
    }

    private boolean isOver(Ready mail, Duration wait) {
        return !post.clock().instant().plus(wait).isBefore(mail.until());
    }

    private Next giveUp(String why, Outcome outcome) {
        reason = why;
        post.metrics().count(outcome);
        step = Step.REPORT;
        return Next.NOW;
    }

    private Next over(Outcome outcome) {
        post.metrics().count(outcome);
        return Next.DONE;
    }

    private void report(Turn turn) {
        Ready mail = ready;
        try {
            if (mail == null) {
                job.refused(transactions(turn), reason);
            } else {
                mail.sending().gaveUp(transactions(turn), reason);
            }
        } catch (RuntimeException | Error e) {
            // The end of the stack again; or a request that is committed, whose answer must not depend on this.
            LOG.errorf("Realm %s: a mail that was not sent could not be reported: %s", job.realmId(), place(e));
        }
    }

    @Override
    public Next overdue() {
        return switch (step) {
            case PREPARE -> {
                LOG.warnf("Realm %s: to prepare a mail took too long", job.realmId());
                yield giveUp("mail_timeout", Outcome.TIMED_OUT);
            }
            case SEND -> {
                tries++;
                if (tries < post.retries().attempts()) {
                    yield again();
                }
                LOG.warnf("Realm %s: to send a mail took too long", job.realmId());
                yield giveUp("mail_timeout", Outcome.TIMED_OUT);
            }
            case REPORT, REPORTING -> {
                LOG.errorf("Realm %s: to report a mail that was not sent took too long", job.realmId());
                yield Next.DONE;
            }
        };
    }

    @Override
    public Next stop() {
        return switch (step) {
            case PREPARE, SEND -> giveUp("mail_stopped", Outcome.STOPPED);
            case REPORT -> Next.NOW;
            // It is told once, even if that does not end.
            case REPORTING -> Next.DONE;
        };
    }

    private RealmTransactions transactions(Turn turn) {
        return new RealmTransactions(post.factory(), job.realmId(), turn);
    }

    private Ready mail() {
        Ready mail = ready;
        if (mail == null) {
            throw new IllegalStateException("Not prepared");
        }
        return mail;
    }

    /** What was thrown and where, without the text of it, which can hold an address. */
    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
