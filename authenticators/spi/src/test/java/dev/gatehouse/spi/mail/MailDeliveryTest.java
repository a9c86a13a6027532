// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MailDeliveryTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ADDRESS = "kim@example.org";

    private final CapturedLog log = new CapturedLog(MailDelivery.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HandWorked hands = new HandWorked();
    private final FakeServer server = new FakeServer(hands.time).with(new FakeRealm("realm-1", "shop"));
    private final Lanes lanes = new Lanes(hands, hands, 2, 10, LIMIT);
    private final List<String> told = new ArrayList<>();
    private final Deque<Try> tries = new ArrayDeque<>();
    private Instant until = Instant.MAX;

    /** What one try does. */
    private interface Try {
        void run(RealmTransactions transactions) throws MailFailure;
    }

    @BeforeEach
    void watch() {
        Metrics.globalRegistry.clear();
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void end() {
        Metrics.removeRegistry(registry);
        Metrics.globalRegistry.clear();
        log.close();
    }

    /** A message whose tries do what is in {@link #tries}. */
    private class Message implements Sending {

        @Override
        public void send(RealmTransactions transactions) throws MailFailure {
            told.add("try");
            tries.removeFirst().run(transactions);
            told.add("sent");
        }

        @Override
        public void gaveUp(RealmTransactions transactions, String reason) {
            told.add(reason);
        }

        @Override
        public Instant until() {
            return until;
        }
    }

    private class Job implements MailJob {

        @Override
        public String realmId() {
            return "realm-1";
        }

        @Override
        public String lane() {
            return "kim";
        }

        @Override
        public Optional<Sending> prepare(RealmTransactions transactions) {
            return Optional.of(new Message());
        }

        @Override
        public void refused(RealmTransactions transactions, String reason) {
            told.add("refused " + reason);
        }
    }

    private void submit(MailJob job, int attempts) {
        Retries retries = new Retries(attempts, Duration.ofSeconds(2), new SecureRandom());
        MailDelivery delivery =
                new MailDelivery(job, new MailDelivery.Post(server.factory(), retries, hands.time, new MailMetrics()));
        assertThat(lanes.add(job.lane(), delivery)).isTrue();
        hands.endAll();
    }

    /** Submits a message whose tries do these. */
    private void submit(int attempts, Try... does) {
        tries.addAll(List.of(does));
        submit(new Job(), attempts);
    }

    /** Lets more time pass than any wait between two tries of this test takes. */
    private void waitForRetry() {
        hands.pass(Duration.ofMinutes(1));
        hands.endAll();
    }

    private static void works(RealmTransactions transactions) {}

    private static void failsForNow(RealmTransactions transactions) throws MailFailure {
        throw new MailFailure("a mail failed", new Exception("to " + ADDRESS));
    }

    private static void failsForGood(RealmTransactions transactions) throws MailFailure {
        throw MailFailure.permanent("a mail is refused", new Exception("to " + ADDRESS));
    }

    /** Takes longer than a try may, then goes on as if nothing had happened. */
    private void takesTooLong(RealmTransactions transactions) {
        hands.pass(LIMIT);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void counted(String... outcomes) {
        assertThat(registry.find("gatehouse.mail").counters())
                .extracting(counter -> counter.getId().getTag("outcome") + " " + (int) counter.count())
                .containsExactlyInAnyOrder(outcomes);
    }

    private void isOver() {
        assertThat(lanes.size()).isZero();
        assertThat(tries).isEmpty();
        assertThat(log.warnings()).noneMatch(line -> line.contains("@"));
        assertThat(log.errors()).noneMatch(line -> line.contains("@"));
    }

    @Test
    void aMailThatIsSentIsCountedOnce() {
        submit(4, MailDeliveryTest::works);

        assertThat(told).containsExactly("try", "sent");
        counted("sent 1");
        isOver();
    }

    @Test
    void aJobThatHasNothingToSendIsNotCounted() {
        submit(
                new Job() {
                    @Override
                    public Optional<Sending> prepare(RealmTransactions transactions) {
                        return Optional.empty();
                    }
                },
                4);

        assertThat(told).isEmpty();
        counted();
        isOver();
    }

    @Test
    void aFailureThatMayBeOverSoonIsTriedAgainAfterAWaitThatDoubles() {
        submit(
                4,
                MailDeliveryTest::failsForNow,
                MailDeliveryTest::failsForNow,
                MailDeliveryTest::failsForNow,
                MailDeliveryTest::works);
        for (long seconds : List.of(2L, 4L, 8L)) {
            int before = told.size();
            hands.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(hands.inHand).as("after less than %d s", seconds).isEmpty();
            while (hands.inHand.isEmpty()) {
                hands.pass(Duration.ofMillis(1));
            }
            hands.endAll();
            assertThat(told.size()).isGreaterThan(before);
        }

        assertThat(told).containsExactly("try", "try", "try", "try", "sent");
        counted("retried 3", "sent 1");
        assertThat(log.warnings()).isEmpty();
        isOver();
    }

    @Test
    void whenTheTriesAreUsedUpItIsGivenUpAndToldOnce() {
        submit(2, MailDeliveryTest::failsForNow, MailDeliveryTest::failsForNow);
        waitForRetry();
        waitForRetry();

        assertThat(told).containsExactly("try", "try", "mail_failed");
        counted("retried 1", "failed 1");
        assertThat(log.warnings()).containsExactly("Realm realm-1: a mail failed");
        isOver();
    }

    @Test
    void aFailureForGoodIsNotTriedAgain() {
        submit(4, MailDeliveryTest::failsForGood);

        assertThat(told).containsExactly("try", "mail_failed");
        counted("failed 1");
        assertThat(log.warnings()).containsExactly("Realm realm-1: a mail is refused");
        isOver();
    }

    @Test
    void whateverElseATryThrowsIsTriedAgainAndItsTextIsNotLogged() {
        submit(
                2,
                transactions -> {
                    throw new IllegalStateException("to " + ADDRESS);
                },
                transactions -> {
                    throw new LinkageError("to " + ADDRESS);
                });
        waitForRetry();

        assertThat(told).containsExactly("try", "try", "mail_failed");
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("Realm realm-1: a mail could not be sent: java.lang.LinkageError at dev.gatehouse.");
        isOver();
    }

    @Test
    void noTryBeginsWhenItIsTooLate() {
        until = hands.time.instant();
        submit(4);

        assertThat(told).containsExactly("mail_too_late");
        counted("too_late 1");
        isOver();
    }

    @Test
    void aMailThatWouldBeTooLateAfterTheWaitDoesNotWait() {
        until = hands.time.instant().plusSeconds(2);
        submit(4, MailDeliveryTest::failsForNow);

        assertThat(told).containsExactly("try", "mail_too_late");
        counted("too_late 1");
        isOver();
    }

    @Test
    void aTryThatTakesTooLongIsTriedAgain() {
        submit(2, this::takesTooLong, MailDeliveryTest::works);
        waitForRetry();

        // The first "sent" is the late end of the first try: what it tells in a transaction is not committed.
        assertThat(told).containsExactly("try", "sent", "try", "sent");
        counted("retried 1", "sent 1");
        isOver();
    }

    @Test
    void aLastTryThatTakesTooLongIsATimeOut() {
        submit(1, this::takesTooLong);

        assertThat(told).containsExactly("try", "sent", "mail_timeout");
        counted("timed_out 1");
        assertThat(log.warnings()).containsExactly("Realm realm-1: to send a mail took too long");
        isOver();
    }

    @Test
    void theReasonIsThatOfTheLastTry() {
        submit(2, this::takesTooLong, MailDeliveryTest::failsForNow);
        waitForRetry();
        assertThat(told).endsWith("mail_failed");

        told.clear();
        submit(2, MailDeliveryTest::failsForNow, this::takesTooLong);
        waitForRetry();
        assertThat(told).endsWith("mail_timeout");
    }

    @Test
    void whatALateTryWritesIsNotKept() {
        submit(1, transactions -> {
            transactions.call((session, realm) -> {
                session.singleUseObjects().put("sent", 60, Map.of());
                hands.pass(LIMIT);
                assertThat(Thread.interrupted()).isTrue();
                return true;
            });
        });

        assertThat(told).containsExactly("try", "mail_timeout");
        assertThat(server.objects().size()).isZero();
        assertThat(log.errors()).isEmpty();
        isOver();
    }

    @Test
    void aMistakeWhilePreparingIsLoggedAndNotTriedAgain() {
        submit(
                new Job() {
                    @Override
                    public Optional<Sending> prepare(RealmTransactions transactions) {
                        throw new IllegalStateException("no account " + ADDRESS);
                    }
                },
                4);

        assertThat(told).isEmpty();
        counted("failed 1");
        assertThat(log.errors())
                .singleElement()
                .asString()
                .startsWith("Realm realm-1: a mail could not be prepared: java.lang.IllegalStateException at ");
        isOver();
    }

    @Test
    void aJobThatIsPreparedForTooLongIsToldThatItIsNotDone() {
        submit(
                new Job() {
                    @Override
                    public Optional<Sending> prepare(RealmTransactions transactions) {
                        takesTooLong(transactions);
                        return super.prepare(transactions);
                    }
                },
                4);

        assertThat(told).containsExactly("refused mail_timeout");
        counted("timed_out 1");
        assertThat(log.warnings()).containsExactly("Realm realm-1: to prepare a mail took too long");
        isOver();
    }

    @Test
    void aReportThatFailsIsOneError() {
        class Broken extends Message {
            @Override
            public void gaveUp(RealmTransactions transactions, String reason) {
                super.gaveUp(transactions, reason);
                throw new IllegalStateException(ADDRESS);
            }
        }
        tries.add(MailDeliveryTest::failsForGood);
        submit(
                new Job() {
                    @Override
                    public Optional<Sending> prepare(RealmTransactions transactions) {
                        return Optional.of(new Broken());
                    }
                },
                4);

        assertThat(told).containsExactly("try", "mail_failed");
        assertThat(log.errors())
                .singleElement()
                .asString()
                .startsWith("Realm realm-1: a mail that was not sent could not be reported: "
                        + "java.lang.IllegalStateException at ");
        isOver();
    }

    @Test
    void aReportThatTakesTooLongIsNotMadeTwice() {
        class Endless extends Message {
            @Override
            public void gaveUp(RealmTransactions transactions, String reason) {
                super.gaveUp(transactions, reason);
                takesTooLong(transactions);
            }
        }
        tries.add(MailDeliveryTest::failsForGood);
        submit(
                new Job() {
                    @Override
                    public Optional<Sending> prepare(RealmTransactions transactions) {
                        return Optional.of(new Endless());
                    }
                },
                4);

        assertThat(told).containsExactly("try", "mail_failed");
        assertThat(log.errors()).containsExactly("Realm realm-1: to report a mail that was not sent took too long");
        isOver();
    }

    @Test
    void aStoppingServerTriesWhatWaitsForARetryOnceMoreAndThenTellsThatItStopped() throws InterruptedException {
        submit(4, MailDeliveryTest::failsForNow, MailDeliveryTest::failsForNow);
        assertThat(lanes.drain(Duration.ZERO)).isFalse();
        hands.endAll();

        assertThat(told).containsExactly("try", "try", "mail_stopped");
        counted("retried 1", "stopped 1");
        assertThat(lanes.drain(Duration.ZERO)).isTrue();
        isOver();
    }

    @Test
    void aServerThatStopsInTheMiddleOfATryTellsSoOnceAndTheTryCommitsNothing() {
        submit(4, transactions -> {
            transactions.call((session, realm) -> {
                session.singleUseObjects().put("sent", 60, Map.of());
                stop();
                assertThat(Thread.interrupted()).isTrue();
                return true;
            });
        });

        assertThat(told).containsExactly("try", "mail_stopped");
        counted("stopped 1");
        assertThat(server.objects().size()).isZero();
        isOver();
    }

    @Test
    void aServerThatStopsInTheMiddleOfAReportDoesNotReportTwice() {
        class Last extends Message {
            @Override
            public void gaveUp(RealmTransactions transactions, String reason) {
                super.gaveUp(transactions, reason);
                stop();
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        tries.add(MailDeliveryTest::failsForGood);
        submit(
                new Job() {
                    @Override
                    public Optional<Sending> prepare(RealmTransactions transactions) {
                        return Optional.of(new Last());
                    }
                },
                4);

        assertThat(told).containsExactly("try", "mail_failed");
        counted("failed 1");
    }

    private void stop() {
        try {
            assertThat(lanes.drain(Duration.ZERO)).isFalse();
            lanes.stop(Duration.ZERO);
        } catch (InterruptedException e) {
            // The thread that stops the server is, in this world, the one whose turn is taken away.
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRefusedJobIsToldSoAndCounted() {
        Retries retries = new Retries(1, Duration.ofSeconds(1), new SecureRandom());
        new MailDelivery(new Job(), new MailDelivery.Post(server.factory(), retries, hands.time, new MailMetrics()))
                .refuse();

        assertThat(told).containsExactly("refused mail_queue_full");
        counted("refused 1");
    }

    @Test
    void howManyWaitIsAFigure() {
        new MailMetrics().watch(lanes);
        submit(2, MailDeliveryTest::failsForNow, MailDeliveryTest::works);
        assertThat(registry.get("gatehouse.mail.waiting").gauge().value()).isEqualTo(1);

        waitForRetry();
        assertThat(registry.get("gatehouse.mail.waiting").gauge().value()).isZero();
    }
}
