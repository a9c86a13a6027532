// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Redis is away in every way there is: each call ends in time, and none needs anything but Redis to work again. */
@NeedsRedis
@Timeout(60)
class RedisOutageIT {

    private static final Duration IN_TIME = Duration.ofSeconds(1);
    private static final Bucket BUCKET = Nodes.bucket("a-key", "1000/1h", "a-subject");

    private final Nodes nodes = new Nodes();
    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void stop() {
        nodes.close();
        redis.close();
    }

    private static void assertThatEveryCallFailsInTime(PermitStore store, String why) {
        List.<Runnable>of(
                        () -> store.take(BUCKET),
                        () -> store.giveBack(BUCKET, "a-permit"),
                        () -> store.peek(BUCKET),
                        () -> store.clear("a-subject", Duration.ofHours(1)))
                .forEach(call -> assertThat(timeToFail(call, why)).isLessThan(IN_TIME));
    }

    private static Duration timeToFail(Runnable call, String why) {
        long before = System.nanoTime();
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(everyMessageOf(e))
                        .contains(why)
                        .doesNotContain("a-key", "a-subject", "a-permit", "s3cret"));
        return Duration.ofNanos(System.nanoTime() - before);
    }

    private static String everyMessageOf(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            text.append(next).append('\n');
            List.of(next.getSuppressed())
                    .forEach(suppressed -> text.append(suppressed).append('\n'));
        }
        return text.toString();
    }

    private static void assertThatItWorks(PermitStore store) {
        assertThat(store.take(BUCKET)).isInstanceOf(PermitStore.Answer.Taken.class);
    }

    @Test
    void aFrozenRedis() {
        PermitStore store = nodes.at(redis.url());
        assertThatItWorks(store);

        redis.freeze();
        assertThatEveryCallFailsInTime(store, "does not answer");
        assertThatEveryCallFailsInTime(nodes.at(redis.url()), "does not answer");

        redis.thaw();
        assertThatItWorks(store);
    }

    @Test
    void aFrozenRedisWithMoreCallersThanConnections() throws Exception {
        PermitStore store = nodes.at(redis.url(), "pool-size", "2");
        assertThatItWorks(store);
        redis.freeze();

        ExecutorService pool = Executors.newFixedThreadPool(16);
        List<Future<Duration>> running = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            running.add(pool.submit(() -> timeToFail(() -> store.take(BUCKET), "Redis")));
        }
        for (Future<Duration> one : running) {
            assertThat(one.get()).isLessThan(IN_TIME);
        }
        pool.shutdown();

        redis.thaw();
        assertThatItWorks(store);
    }

    @Test
    void aStoppedRedis() {
        PermitStore store = nodes.at(redis.url());
        assertThatItWorks(store);

        redis.stop();
        assertThatEveryCallFailsInTime(store, "does not answer");
        assertThat(timeToFail(() -> store.take(BUCKET), "does not answer"))
                .as("nothing waits for what is refused at once")
                .isLessThan(Duration.ofMillis(200));

        redis.startAgain();
        assertThatItWorks(store);
    }

    @Test
    void aRedisThatRestartsBetweenTwoCallsIsNotMissed() {
        PermitStore store = nodes.at(redis.url());
        assertThatItWorks(store);

        redis.stop();
        redis.startAgain();
        assertThatItWorks(store);
    }

    @Test
    void aPlaceThatTakesNoConnections() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket();
                Socket second = new Socket()) {
            // Nobody accepts them: then there is no room for a third.
            first.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
            second.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));

            assertThatEveryCallFailsInTime(nodes.at("redis://127.0.0.1:" + full.getLocalPort()), "does not answer");
        }
    }

    @Test
    void aNameThatNobodyHas() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> nodes.at("redis://nobody.invalid").take(BUCKET))
                .withMessage("Redis at nobody.invalid:6379 does not answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\r\n\r\n", "-", "$", "*1\r\n", "+OK\r\n:"})
    void aServerThatIsNoRedis(String greeting) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> greet(other, greeting));
            serving.setDaemon(true);
            serving.start();

            PermitStore store = nodes.at("redis://127.0.0.1:" + other.getLocalPort());
            assertThat(timeToFail(() -> store.take(BUCKET), "Redis at 127.0.0.1"))
                    .isLessThan(IN_TIME);
            assertThat(timeToFail(() -> store.peek(BUCKET), "Redis at 127.0.0.1"))
                    .isLessThan(IN_TIME);
        }
    }

    private static void greet(ServerSocket server, String greeting) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                caller.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The test is over, or the caller has had enough.
            }
        }
    }

    @Test
    void aPasswordThatIsMissingOrWrong() {
        redis.command("CONFIG", "SET", "requirepass", "right");

        assertThatEveryCallFailsInTime(nodes.at(redis.url()), "answers NOAUTH");
        assertThatEveryCallFailsInTime(nodes.at(redis.url(), "password", "s3cret"), "answers WRONGPASS");
        assertThatEveryCallFailsInTime(
                nodes.at(redis.url(), "username", "nobody", "password", "s3cret"), "answers WRONGPASS");
        assertThatItWorks(nodes.at(redis.url(), "password", "right"));
    }

    @Test
    void aUserWhoMayDoNoMoreThanTheDocumentsSay() {
        redis.command(
                ("ACL SETUSER keycloak on >s3cret ~{gatehouse}:* resetchannels -@all +evalsha +eval +time +get +set "
                                + "+zremrangebyscore +zcount +zadd +pexpire +zrange +zrem")
                        .split(" "));
        PermitStore store = nodes.at(redis.url(), "username", "keycloak", "password", "s3cret");

        Bucket small = Nodes.bucket("small", "1/1h", "a-subject");
        PermitStore.Answer taken = store.take(small);
        assertThat(store.take(small)).isInstanceOf(PermitStore.Answer.Full.class);
        assertThat(store.peek(small)).isPositive();
        store.clear("a-subject", Duration.ofHours(1));
        assertThat(store.peek(small)).isZero();
        store.giveBack(small, ((PermitStore.Answer.Taken) taken).permit());

        assertThatEveryCallFailsInTime(
                nodes.at(redis.url(), "username", "keycloak", "password", "s3cret", "key-prefix", "other"),
                "answers NOPERM");
    }

    @Test
    void aReplica() {
        PermitStore store = nodes.at(redis.url());
        assertThatItWorks(store);
        redis.command("REPLICAOF", "127.0.0.1", "1");
        assertThat(timeToFail(() -> store.take(BUCKET), "answers READONLY")).isLessThan(IN_TIME);

        redis.command("REPLICAOF", "NO", "ONE");
        assertThatItWorks(store);
    }

    @Test
    void aRedisThatIsFull() {
        PermitStore store = nodes.at(redis.url());
        assertThatItWorks(store);
        redis.command("CONFIG", "SET", "maxmemory", "1");
        assertThat(timeToFail(() -> store.take(BUCKET), "answers OOM")).isLessThan(IN_TIME);

        redis.command("CONFIG", "SET", "maxmemory", "0");
        assertThatItWorks(store);
    }

    @Test
    void aRedisThatIsBusyWithAScriptOfSomebodyElse() throws Exception {
        redis.command("CONFIG", "SET", "busy-reply-threshold", "50");
        PermitStore store = nodes.at(redis.url());
        Thread busy = new Thread(() -> redis.command("EVAL", "while true do end", "0"));
        busy.start();
        Thread.sleep(300);
        assertThat(timeToFail(() -> store.take(BUCKET), "answers BUSY")).isLessThan(IN_TIME);

        redis.command("SCRIPT", "KILL");
        busy.join();
        assertThatItWorks(store);
    }
}
