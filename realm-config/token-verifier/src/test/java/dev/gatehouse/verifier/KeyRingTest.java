// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When the keys are asked for and how long they are trusted: against a real server, in moved time, with real threads. */
final class KeyRingTest {

    private static final String RSA = TestKeys.jwk("rsa", TestKeys.RSA);
    private static final String NEW = TestKeys.jwk("new", TestKeys.RSA);

    private final TestRealm realm = new TestRealm();
    private final TokenVerifier verifier = realm.verifier().build();

    @AfterEach
    void close() {
        realm.close();
    }

    /** A verifier that gives up soon, for the tests that are about giving up. */
    private TokenVerifier impatient(String jwksUri) {
        return realm.verifier()
                .jwksUri(URI.create(jwksUri))
                .connectTimeout(Duration.ofMillis(300))
                .readTimeout(Duration.ofMillis(300))
                .build();
    }

    private void givesUpSoon(TokenVerifier impatient) {
        long start = System.nanoTime();

        TokenRefusedException refused =
                TestRealm.refused(() -> impatient.verify(realm.token().signed()));
        assertThat(refused.refusal()).isEqualTo(Refusal.KEYS_UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    /** Verifies a token that is made now with a key of this name: "ok", or the code of the refusal. */
    private String outcome(String kid) {
        try {
            verifier.verify(realm.token().header("kid", kid).signed());
            return "ok";
        } catch (TokenRefusedException e) {
            return e.refusal().name();
        }
    }

    private static List<String> together(int threads, Callable<String> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            List<String> outcomes = new ArrayList<>();
            for (Future<String> result : results) {
                outcomes.add(result.get(20, TimeUnit.SECONDS));
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void asksOnceForManyTokens() {
        for (int i = 0; i < 20; i++) {
            assertThat(outcome("rsa")).isEqualTo("ok");
        }
        assertThat(realm.server.fetches()).isEqualTo(1);
    }

    @Test
    void asksOnceForManyRequestsAtOnce() throws Exception {
        realm.server.answers(exchange -> {
            Thread.sleep(150);
            KeyServerDouble.say(exchange, 200, "{\"keys\":[" + RSA + "]}");
        });

        assertThat(together(32, () -> outcome("rsa"))).containsOnly("ok");
        assertThat(realm.server.fetches()).isEqualTo(1);
    }

    @Test
    void takesTheKeysThatLandedBetweenItsLookAndItsQuestion() throws Exception {
        AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();
        TokenVerifier slow = realm.verifier()
                .time(() -> {
                    // The clock is read right after the keys were looked at: the moment for another request to be
                    // faster.
                    Runnable other = meanwhile.getAndSet(null);
                    if (other != null) {
                        other.run();
                    }
                    return realm.time.instant();
                })
                .build();
        String token = realm.token().signed();
        meanwhile.set(() -> {
            try {
                assertThat(slow.verify(token).username()).contains("ada");
            } catch (TokenRefusedException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(slow.verify(token).username()).contains("ada");
        assertThat(realm.server.fetches()).isEqualTo(1);
    }

    @Test
    void asksOnceForManyTokensWithOneNewKey() throws Exception {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.answers(exchange -> {
            Thread.sleep(150);
            KeyServerDouble.say(exchange, 200, "{\"keys\":[" + RSA + "," + NEW + "]}");
        });

        assertThat(together(32, () -> outcome("new"))).containsOnly("ok");
        assertThat(realm.server.fetches()).isEqualTo(2);
    }

    @Test
    void asksAgainWhenTheKeysAreFiveMinutesOld() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.time.move(Duration.ofMinutes(5));
        assertThat(outcome("rsa")).isEqualTo("ok");
        assertThat(realm.server.fetches()).isEqualTo(1);

        realm.time.move(Duration.ofSeconds(1));
        assertThat(outcome("rsa")).isEqualTo("ok");
        assertThat(outcome("rsa")).isEqualTo("ok");
        assertThat(realm.server.fetches()).isEqualTo(2);
    }

    @Test
    void dropsAKeyThatTheIssuerHasWithdrawn() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.publishes(NEW);
        assertThat(outcome("rsa")).as("not asked yet").isEqualTo("ok");

        realm.time.move(Duration.ofMinutes(6));
        assertThat(outcome("rsa")).isEqualTo("UNKNOWN_KEY");
        assertThat(outcome("new")).isEqualTo("ok");
    }

    @Test
    void dropsAWithdrawnKeyAlsoWhenAnotherTokenCausedTheRefresh() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.publishes(NEW);
        assertThat(outcome("new")).isEqualTo("ok");
        assertThat(outcome("rsa")).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void takesTheNewKeyUnderAnOldName() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.publishes(TestKeys.jwk("rsa", TestKeys.OTHER_RSA));
        realm.time.move(Duration.ofMinutes(6));

        assertThat(outcome("rsa")).isEqualTo("BAD_SIGNATURE");
    }

    @Test
    void acceptsANewKeyAtOnce() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.publishes(RSA, NEW);

        assertThat(outcome("new")).isEqualTo("ok");
        assertThat(realm.server.fetches()).isEqualTo(2);
    }

    @Test
    void boundsWhatAFloodOfUnknownKeysCosts() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        for (int i = 0; i < 500; i++) {
            assertThat(outcome("flood-" + i)).isEqualTo("UNKNOWN_KEY");
        }
        assertThat(realm.server.fetches()).as("the burst").isEqualTo(RefreshBudget.BURST);

        for (int i = 0; i < 60; i++) {
            realm.time.move(Duration.ofSeconds(1));
            assertThat(outcome("later-" + i)).isEqualTo("UNKNOWN_KEY");
        }
        assertThat(realm.server.fetches()).as("one in five seconds").isEqualTo(RefreshBudget.BURST + 12);
    }

    @Test
    void acceptsANewKeyWithinFiveSecondsOfAFlood() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        for (int i = 0; i < 50; i++) {
            assertThat(outcome("flood-" + i)).isEqualTo("UNKNOWN_KEY");
        }
        realm.server.publishes(RSA, NEW);

        assertThat(outcome("new")).isEqualTo("UNKNOWN_KEY");
        realm.time.move(Duration.ofSeconds(5));
        assertThat(outcome("flood-x"))
                .as("the flood's own question brings the new key")
                .isEqualTo("UNKNOWN_KEY");
        assertThat(outcome("new")).isEqualTo("ok");
    }

    @Test
    void keepsRefreshingUnderAFlood() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        for (int i = 0; i < 50; i++) {
            assertThat(outcome("flood-" + i)).isEqualTo("UNKNOWN_KEY");
        }
        realm.time.move(Duration.ofMinutes(6));
        int before = realm.server.fetches();

        assertThat(outcome("rsa")).isEqualTo("ok");
        assertThat(realm.server.fetches()).isEqualTo(before + 1);
    }

    @Test
    void doesNotAskForTheSameUnknownKeyAgainAtOnce() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        for (int i = 0; i < 10; i++) {
            assertThat(outcome("nobody")).isEqualTo("UNKNOWN_KEY");
        }
        assertThat(realm.server.fetches()).isEqualTo(2);

        realm.time.move(UnknownKeys.MEMORY);
        assertThat(outcome("nobody")).isEqualTo("UNKNOWN_KEY");
        assertThat(realm.server.fetches()).isEqualTo(3);
    }

    @Test
    void remembersABoundedNumberOfUnknownKeys() {
        UnknownKeys unknown = new UnknownKeys();
        for (int i = 0; i < 10_000; i++) {
            unknown.add("kid-" + i, realm.time.instant());
        }
        assertThat(unknown.size()).isEqualTo(UnknownKeys.CAPACITY);
        assertThat(unknown.contains("kid-9999", realm.time.instant())).isTrue();
        assertThat(unknown.contains("kid-0", realm.time.instant())).isFalse();
    }

    @Test
    void refusesEverythingWhileThereWereNeverAnyKeys() {
        realm.server.says(500, "down");
        for (int i = 0; i < 10; i++) {
            assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");
        }
        assertThat(realm.server.fetches()).as("it is not hammered").isEqualTo(RefreshBudget.BURST);

        realm.server.publishes(RSA);
        assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");
        realm.time.move(RefreshBudget.STEP);
        assertThat(outcome("rsa")).isEqualTo("ok");
    }

    @Test
    void goesOnWithKnownKeysWhileTheServerIsAway() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.says(503, "");
        realm.time.move(Duration.ofHours(23));
        for (int i = 0; i < 5; i++) {
            assertThat(outcome("rsa")).isEqualTo("ok");
        }
        assertThat(realm.server.fetches()).as("one try, then a pause").isEqualTo(2);

        realm.time.move(KeyRing.PAUSE);
        assertThat(outcome("rsa")).isEqualTo("ok");
        assertThat(realm.server.fetches()).isEqualTo(3);
    }

    @Test
    void saysThatItCannotTellWhenANewKeyComesWhileTheServerIsAway() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.says(503, "");
        for (int i = 0; i < 6; i++) {
            assertThat(outcome("new-" + i)).isEqualTo("KEYS_UNAVAILABLE");
        }
        assertThat(outcome("rsa")).isEqualTo("ok");
    }

    @Test
    void trustsNoKeyBeyondTheHardAge() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.says(503, "");
        realm.time.move(Duration.ofHours(24));
        assertThat(outcome("rsa")).isEqualTo("ok");

        realm.time.move(Duration.ofSeconds(1));
        assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");
        realm.server.publishes(RSA);
        assertThat(outcome("rsa")).isEqualTo("ok");
    }

    @Test
    void judgesAgeByTheWallClockAfterAFreeze() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.publishes(NEW);
        realm.time.move(Duration.ofDays(30));

        assertThat(outcome("rsa")).as("restored from a month ago").isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void doesNotTrustKeysForeverWhenTheClockIsSetBack() {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.publishes(NEW);
        realm.time.move(Duration.ofDays(-2));

        assertThat(outcome("rsa")).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void answersRequestsWithKnownKeysWhileAnotherRefreshes() throws Exception {
        assertThat(outcome("rsa")).isEqualTo("ok");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        realm.server.answers(exchange -> {
            asked.countDown();
            goOn.await();
            KeyServerDouble.say(exchange, 200, "{\"keys\":[" + RSA + "]}");
        });
        realm.time.move(Duration.ofMinutes(6));
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<String> refreshing = pool.submit(() -> outcome("rsa"));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(outcome("rsa")).isEqualTo("ok");
            }
            assertThat(refreshing.isDone()).as("the others did not wait for it").isFalse();
            goOn.countDown();
            assertThat(refreshing.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
            assertThat(realm.server.fetches()).isEqualTo(2);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "<html></html>",
                "[]",
                "{}",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[1]}",
                "{\"keys\":[{}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"rsa\",\"k\":\"AAAA\"}]}",
                "{\"keys\":[]} {\"keys\":[]}"
            })
    void takesNothingForAKeySetThatIsNone(String body) {
        realm.server.says(200, body);
        assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");

        realm.server.publishes(RSA);
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.says(200, body);
        realm.time.move(Duration.ofMinutes(6));
        assertThat(outcome("rsa")).as("the old set stays").isEqualTo("ok");
    }

    @Test
    void passesOverKeysThatItCannotUse() {
        realm.server.publishes(
                "7",
                "{\"kty\":\"OKP\",\"kid\":\"ed\"}",
                TestKeys.jwk("rsa1024", TestKeys.rsa(1024)),
                RSA,
                RSA.replace("\"use\":\"sig\"", "\"use\":\"enc\"").replace("\"kid\":\"rsa\"", "\"kid\":\"enc\""));

        assertThat(outcome("rsa")).isEqualTo("ok");
        assertThat(outcome("rsa1024")).isEqualTo("UNKNOWN_KEY");
        assertThat(outcome("enc")).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void usesNeitherOfTwoKeysOfOneName() {
        realm.server.publishes(RSA, TestKeys.jwk("rsa", TestKeys.OTHER_RSA), NEW);
        assertThat(outcome("rsa")).isEqualTo("UNKNOWN_KEY");
        assertThat(outcome("new")).isEqualTo("ok");
    }

    @Test
    void takesTheSameKeyListedTwiceForOne() {
        realm.server.publishes(RSA, RSA, TestKeys.jwk("rsa", TestKeys.EC));
        assertThat(outcome("rsa")).isEqualTo("ok");
    }

    @Test
    void followsNoRedirect() {
        try (KeyServerDouble elsewhere = new KeyServerDouble()) {
            elsewhere.publishes(RSA);
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                realm.time.move(Duration.ofMinutes(1));
                realm.server.answers(exchange -> {
                    exchange.getResponseHeaders().set("Location", elsewhere.url() + "/certs");
                    exchange.sendResponseHeaders(status, -1);
                });
                assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");
            }
            assertThat(elsewhere.fetches()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 400, 401, 404, 500})
    void takesOnlyAPlainAnswer(int status) {
        realm.server.answers(exchange -> {
            if (status == 204) {
                exchange.sendResponseHeaders(204, -1);
            } else {
                KeyServerDouble.say(exchange, status, "{\"keys\":[" + RSA + "]}");
            }
        });
        assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");
    }

    @Test
    void readsABoundedAnswer() {
        realm.server.says(200, "{\"keys\":[" + RSA + "]}" + " ".repeat(KeyServer.MAX_BYTES));
        assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");

        realm.server.says(200, "{\"keys\":[" + RSA + "]}" + " ".repeat(KeyServer.MAX_BYTES - 2000));
        assertThat(outcome("rsa")).isEqualTo("ok");
    }

    @Test
    void doesNotReadAnEndlessAnswer() {
        realm.server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.getResponseBody().write(spaces);
            }
        });
        assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");
    }

    @Test
    void waitsNoLongerThanAgreedForASilentServer() {
        realm.server.answers(exchange -> Thread.sleep(20_000));

        givesUpSoon(impatient(realm.server.url() + "/certs"));
    }

    @Test
    void waitsNoLongerThanAgreedForAnAnswerThatDrips() {
        realm.server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        });

        givesUpSoon(impatient(realm.server.url() + "/certs"));
    }

    @Test
    void leavesNoThreadBehindWhenHeadersDrip() throws Exception {
        try (ServerSocket dripping = new ServerSocket(0)) {
            Thread drip = new Thread(() -> {
                try (var socket = dripping.accept()) {
                    for (int i = 0; i < 300; i++) {
                        socket.getOutputStream()
                                .write(
                                        i == 0
                                                ? "HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII)
                                                : new byte[] {'x'});
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException e) {
                    // The other side has hung up: what the test is about.
                    Thread.currentThread().interrupt();
                }
            });
            drip.setDaemon(true);
            drip.start();

            givesUpSoon(impatient("http://127.0.0.1:" + dripping.getLocalPort() + "/certs"));
            drip.join(5_000);
            assertThat(drip.isAlive()).as("the connection was closed").isFalse();
        }
    }

    @Test
    void saysWhereItCouldNotGetKeysAndWhy() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        TokenVerifier lonely = realm.verifier()
                .jwksUri(URI.create("http://127.0.0.1:" + closed + "/certs"))
                .build();

        TokenRefusedException refused =
                TestRealm.refused(() -> lonely.verify(realm.token().signed()));
        assertThat(refused.refusal()).isEqualTo(Refusal.KEYS_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("127.0.0.1:" + closed).hasMessageContaining("Connection refused");
    }

    @Test
    void saysWhyAKeySetIsOfNoUse() {
        realm.server.publishes(TestKeys.jwk("rsa", TestKeys.rsa(1024)));

        assertThat(TestRealm.refused(() -> verifier.verify(realm.token().signed())))
                .hasMessageContaining("2048");
    }

    @Test
    void letsAnInterruptedRequestGo() throws Exception {
        realm.server.answers(exchange -> {
            Thread.sleep(300);
            KeyServerDouble.say(exchange, 200, "{\"keys\":[" + RSA + "]}");
        });
        Thread.currentThread().interrupt();

        assertThat(outcome("rsa")).isEqualTo("KEYS_UNAVAILABLE");
        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
        assertThat(outcome("rsa"))
                .as("the next one gets what the first had asked for")
                .isEqualTo("ok");
        assertThat(realm.server.fetches()).isEqualTo(1);
    }

    @Test
    void refusesNobodyWhileKeysRotateInTwoPhases() throws Exception {
        assertThat(outcome("rsa")).isEqualTo("ok");
        realm.server.publishes(RSA, NEW);
        realm.time.move(Duration.ofMinutes(6));
        List<String> outcomes = together(16, () -> {
            String all = "";
            for (int i = 0; i < 20; i++) {
                all += outcome(i % 2 == 0 ? "rsa" : "new");
            }
            return all.replace("ok", "");
        });
        assertThat(outcomes).containsOnly("");
    }
}
