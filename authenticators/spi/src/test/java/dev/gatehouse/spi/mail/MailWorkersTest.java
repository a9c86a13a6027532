// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class MailWorkersTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final CapturedLog log = new CapturedLog(MailWorkers.class);
    private final CapturedLog jobLog = new CapturedLog(MailDelivery.class);
    private final FakeServer server = new FakeServer(new MovedTime()).with(new FakeRealm("realm-1", "shop"));
    private final List<TestJob> held = new ArrayList<>();
    private final List<MailWorkers> opened = new ArrayList<>();

    @AfterEach
    void end() {
        held.forEach(TestJob::release);
        opened.forEach(MailWorkers::close);
        log.close();
        jobLog.close();
    }

    private MailWorkers workers(int threads, int capacity, Duration drain) {
        return workers(1, new MailWorkers.Bounds(threads, capacity, LIMIT, drain));
    }

    private MailWorkers workers(int attempts, MailWorkers.Bounds bounds) {
        Retries retries = new Retries(attempts, Duration.ofMillis(1), new SecureRandom());
        MailWorkers workers = new MailWorkers(
                new MailDelivery.Post(server.factory(), retries, new MovedTime(), new MailMetrics()), bounds);
        opened.add(workers);
        return workers;
    }

    private TestJob hold(MailWorkers workers) {
        return hold(workers, TestJob.held());
    }

    private TestJob hold(MailWorkers workers, TestJob job) {
        held.add(job);
        workers.submit(job);
        return job;
    }

    private static TestJob quick(MailWorkers workers) {
        return quick(workers, TestJob.quick());
    }

    private static TestJob quick(MailWorkers workers, TestJob job) {
        workers.submit(job);
        return job;
    }

    @Test
    void aJobRunsOnAThreadOfItsOwnThatDoesNotKeepTheServerUp() throws InterruptedException {
        TestJob job = quick(workers(1, 1, LONG)).awaitEnd();

        Thread thread = Objects.requireNonNull(job.thread());
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.getName()).startsWith("gatehouse-mail-");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(job.refusals()).isZero();
    }

    @Test
    void theCallerNeverWaitsForAJob() throws InterruptedException {
        MailWorkers workers = workers(1, 1, LONG);
        TestJob busy = hold(workers).awaitStart();
        TestJob waiting = quick(workers);

        assertThat(busy.hasEnded()).isFalse();
        assertThat(waiting.hasStarted()).isFalse();
    }

    @Test
    void theJobAfterTheLastPlaceIsRefusedOnTheCallersThreadAndNeverRuns() throws InterruptedException {
        int threads = 2;
        int capacity = 3;
        MailWorkers workers = workers(threads, capacity, LONG);
        List<TestJob> running = List.of(hold(workers), hold(workers));
        for (TestJob job : running) {
            job.awaitStart();
        }
        List<TestJob> waiting = List.of(quick(workers), quick(workers), quick(workers));
        TestJob tooMuch = quick(workers);

        assertThat(tooMuch.refusals()).isEqualTo(1);
        assertThat(tooMuch.refuser()).isSameAs(Thread.currentThread());
        assertThat(waiting).noneMatch(TestJob::hasStarted).allMatch(job -> job.refusals() == 0);
        assertThat(log.warnings())
                .containsExactly("The mail queue is full (3 waiting); a mail of realm realm-1 was not sent");

        running.forEach(TestJob::release);
        for (TestJob job : waiting) {
            job.awaitEnd();
        }
        assertThat(tooMuch.hasStarted()).isFalse();
        assertThat(quick(workers).awaitEnd().refusals()).isZero();
    }

    @Test
    void aMailThatFailedIsOneWarningWithoutItsCauseAndTheNextJobRuns() throws InterruptedException {
        MailWorkers workers = workers(1, 10, LONG);
        workers.submit(TestJob.failing(new MailFailure("a mail failed", new Exception("to kim@example.org"))));

        assertThat(quick(workers).awaitEnd().refusals()).isZero();
        assertThat(jobLog.warnings()).containsExactly("Realm realm-1: a mail failed");
        assertThat(jobLog.errors()).isEmpty();
    }

    @Test
    void aMistakeInAJobIsOneErrorAndTheNextJobRuns() throws InterruptedException {
        MailWorkers workers = workers(1, 10, LONG);
        TestJob mistaken = TestJob.mistaken();
        workers.submit(mistaken);
        TestJob next = quick(workers).awaitEnd();

        assertThat(next.thread()).as("the thread survived").isSameAs(mistaken.thread());
        assertThat(jobLog.errors())
                .singleElement()
                .asString()
                .startsWith("Realm realm-1: a mail could not be prepared: java.lang.IllegalStateException at ")
                .doesNotContain("not expected");
    }

    @Test
    void twentySlowMailsToOneAddressDoNotHoldUpAMailToAnother() throws InterruptedException {
        MailWorkers workers = workers(4, 100, LONG);
        List<TestJob> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slow.add(hold(workers, TestJob.held().in("kim")));
        }
        slow.get(0).awaitStart();

        TestJob other = quick(workers, TestJob.quick().in("lee")).awaitEnd();
        assertThat(other.refusals()).isZero();
        assertThat(slow.get(0).hasEnded()).isFalse();
        assertThat(slow.subList(1, 20)).noneMatch(TestJob::hasStarted);

        for (TestJob job : slow) {
            job.awaitStart().release();
        }
        slow.get(19).awaitEnd();
    }

    @Test
    void aFullQueueTakesAMailThatNeedNotWait() throws InterruptedException {
        MailWorkers workers = workers(2, 1, LONG);
        hold(workers, TestJob.held().in("kim")).awaitStart();
        TestJob waiting = quick(workers, TestJob.quick().in("kim"));
        TestJob tooMuch = quick(workers, TestJob.quick().in("kim"));
        TestJob other = quick(workers, TestJob.quick().in("lee")).awaitEnd();

        assertThat(tooMuch.refusals()).isEqualTo(1);
        assertThat(other.refusals()).isZero();
        assertThat(waiting.hasStarted()).isFalse();
        assertThat(waiting.refusals()).isZero();
    }

    @Test
    void jobsThatFailDoNotHoldUpTheirLane() throws InterruptedException {
        MailWorkers workers = workers(1, 100, LONG);
        hold(workers, TestJob.held().in("kim")).awaitStart();
        workers.submit(TestJob.failing(new MailFailure("a mail failed", new Exception()))
                .in("kim"));
        workers.submit(TestJob.mistaken().in("kim"));
        TestJob last = quick(workers, TestJob.quick().in("kim"));
        held.forEach(TestJob::release);

        last.awaitEnd();
        assertThat(jobLog.warnings()).containsExactly("Realm realm-1: a mail failed");
        assertThat(jobLog.errors()).hasSize(1);
    }

    @Test
    void aStoppingServerSendsWhatWaitsInOneLane() throws InterruptedException {
        MailWorkers workers = workers(2, 100, LONG);
        TestJob first = hold(workers, TestJob.held().in("kim")).awaitStart();
        List<TestJob> waiting = List.of(
                quick(workers, TestJob.quick().in("kim")),
                quick(workers, TestJob.quick().in("kim")),
                quick(workers, TestJob.quick().in("kim")));
        assertThat(waiting).noneMatch(TestJob::hasStarted);
        Thread stop = stopping(workers);
        TestJob late = quick(workers, TestJob.quick().in("kim"));
        first.release();
        stop.join();

        assertThat(waiting).allMatch(TestJob::hasEnded);
        assertThat(late.refusals()).isEqualTo(1);
        assertThat(late.hasStarted()).isFalse();
    }

    @Test
    void aStoppingServerTellsWhatWasLeftInAllLanes() throws InterruptedException {
        MailWorkers workers = workers(2, 10, Duration.ZERO);
        List<TestJob> stuck = List.of(
                hold(workers, TestJob.held().in("kim")).awaitStart(),
                hold(workers, TestJob.held().in("lee")).awaitStart());
        List<TestJob> waiting = List.of(
                quick(workers, TestJob.quick().in("kim")),
                quick(workers, TestJob.quick().in("kim")),
                quick(workers, TestJob.quick().in("sam")));
        workers.close();

        for (TestJob job : stuck) {
            assertThat(job.awaitEnd().wasInterrupted()).isTrue();
            assertThat(job.reasons()).containsExactly("mail_stopped");
        }
        assertThat(waiting).noneMatch(TestJob::hasStarted).allMatch(job -> job.refusals() == 1);
        assertThat(log.warnings())
                .containsExactly("The server stopped before 5 mails were sent; 0 of them could not be reported");
    }

    private static Thread stopping(MailWorkers workers) {
        Thread stop = new Thread(workers::close);
        stop.start();
        while (stop.isAlive() && stop.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return stop;
    }

    @Test
    void aStoppingServerSendsWhatWaits() throws InterruptedException {
        MailWorkers workers = workers(1, 10, LONG);
        TestJob first = hold(workers).awaitStart();
        List<TestJob> waiting = List.of(quick(workers), quick(workers), quick(workers));
        Thread stop = stopping(workers);
        first.release();
        stop.join();

        assertThat(first.wasInterrupted()).isFalse();
        assertThat(waiting).allMatch(TestJob::hasEnded);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aStoppingServerWaitsNoLongerThanItsLimitAndTellsWhatWasLeft() throws InterruptedException {
        MailWorkers workers = workers(1, 10, Duration.ofMillis(50));
        TestJob stuck = hold(workers).awaitStart();
        List<TestJob> waiting = List.of(quick(workers), quick(workers));
        workers.close();

        assertThat(stuck.awaitEnd().wasInterrupted()).isTrue();
        assertThat(stuck.reasons()).containsExactly("mail_stopped");
        assertThat(waiting).noneMatch(TestJob::hasStarted).allMatch(job -> job.refusals() == 1);
        assertThat(log.warnings())
                .containsExactly("The server stopped before 3 mails were sent; 0 of them could not be reported");
    }

    @Test
    void anInterruptedStopEndsAtOnceTellsWhatWasLeftAndStaysInterrupted() throws InterruptedException {
        MailWorkers workers = workers(1, 10, LONG);
        TestJob stuck = hold(workers).awaitStart();
        TestJob waiting = quick(workers);
        Thread.currentThread().interrupt();
        workers.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stuck.awaitEnd().wasInterrupted()).isTrue();
        assertThat(waiting.hasStarted()).isFalse();
        assertThat(log.warnings())
                .containsExactly("The server stopped before 2 mails were sent; 2 of them could not be reported");
    }

    @Test
    void aStoppedQueueRefuses() {
        MailWorkers workers = workers(1, 10, LONG);
        workers.close();

        assertThat(quick(workers).refusals()).isEqualTo(1);
    }

    @Test
    void aTryThatTakesTooLongIsInterruptedAndReported() throws InterruptedException {
        MailWorkers workers = workers(1, new MailWorkers.Bounds(1, 10, Duration.ofMillis(20), LONG));
        TestJob slow = hold(workers).awaitReport();

        assertThat(slow.awaitEnd().wasInterrupted()).isTrue();
        assertThat(slow.reasons()).containsExactly("mail_timeout");
        assertThat(jobLog.warnings()).containsExactly("Realm realm-1: to send a mail took too long");
        assertThat(quick(workers).awaitEnd().reasons()).isEmpty();
    }

    @Test
    void aThreadThatDoesNotComeBackIsReplaced() throws InterruptedException {
        MailWorkers workers = workers(1, new MailWorkers.Bounds(2, 10, Duration.ofMillis(100), LONG));
        TestJob stuck = hold(workers, TestJob.stubborn().in("kim")).awaitReport();
        assertThat(stuck.hasEnded()).isFalse();

        CyclicBarrier meeting = new CyclicBarrier(2);
        List<TestJob> pair = List.of(quick(workers, meeting(meeting)), quick(workers, meeting(meeting)));
        for (TestJob job : pair) {
            job.awaitEnd();
        }
        assertThat(stuck.hasEnded()).isFalse();
        assertThat(log.warnings()).isEmpty();
    }

    /** A job that ends if another one is under way at the same time. */
    private static TestJob meeting(CyclicBarrier barrier) {
        return TestJob.holding(() -> {
            try {
                barrier.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void withAllThreadsLostNothingIsSentUntilOneComesBackAndThatIsOneWarning() throws InterruptedException {
        MailWorkers workers = workers(1, new MailWorkers.Bounds(1, 10, Duration.ofMillis(20), LONG));
        TestJob stuck = hold(workers, TestJob.stubborn()).awaitStart();
        TestJob next = quick(workers);
        while (log.warnings().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(next.hasStarted()).isFalse();
        stuck.release();

        next.awaitEnd();
        stuck.awaitReport();
        assertThat(log.warnings())
                .containsExactly("1 mails took longer than 0 s and still hold their threads; no mail is sent until one "
                        + "of them ends");
    }

    @Test
    void aMailThatFailedForNowIsTriedAgain() throws InterruptedException {
        MailWorkers workers = workers(3, new MailWorkers.Bounds(1, 10, LIMIT, LONG));
        TestJob failing = TestJob.failing(new MailFailure("a mail failed"));
        workers.submit(failing);

        assertThat(failing.awaitReport().reasons()).containsExactly("mail_failed");
        assertThat(failing.tries()).isEqualTo(3);
        assertThat(jobLog.warnings()).containsExactly("Realm realm-1: a mail failed");
    }
}
