// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.core.time.MovedTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NeedsRedis
@Timeout(60)
class ConnectionsTest {

    private final RedisServer server = RedisServer.start();
    private final MovedTime clock = new MovedTime();
    private final AtomicInteger opened = new AtomicInteger();
    private final Connections connections = connections(2);

    private Connections connections(int most) {
        return new Connections(
                () -> {
                    opened.incrementAndGet();
                    return new Connection(
                            new HostAndPort("127.0.0.1", server.port()),
                            DefaultJedisClientConfig.builder()
                                    .timeoutMillis(200)
                                    .build());
                },
                most,
                Duration.ofMillis(200),
                clock);
    }

    /** What Redis calls a connection. */
    private static Object id(Connection redis) {
        redis.sendCommand(Command.CLIENT, "ID");
        return redis.getOne();
    }

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void aConnectionIsKeptForTheNext() {
        assertThat(connections.use(ConnectionsTest::id)).isEqualTo(connections.use(ConnectionsTest::id));
        clock.pass(Duration.ofSeconds(29));
        connections.use(ConnectionsTest::id);
        clock.pass(Duration.ofSeconds(29));
        connections.use(ConnectionsTest::id);

        assertThat(opened).hasValue(1);
    }

    @Test
    void aConnectionThatWasIdleForLongIsNotUsedAgain() {
        Object old = connections.use(ConnectionsTest::id);
        clock.pass(Duration.ofSeconds(30));

        assertThat(connections.use(ConnectionsTest::id)).isNotEqualTo(old);
        assertThat(opened).hasValue(2);
    }

    @Test
    void aConnectionThatTheOtherSideClosedIsReplacedUnnoticed() {
        Object old = connections.use(ConnectionsTest::id);
        server.command("CLIENT", "KILL", "TYPE", "normal");

        assertThat(connections.use(ConnectionsTest::id)).isNotEqualTo(old);
        assertThat(opened).hasValue(2);
    }

    @Test
    void aRedisThatEndsEveryConnectionIsAskedOnceMoreAndNotForEver() {
        connections.use(ConnectionsTest::id);
        Function<Connection, Object> end = redis -> {
            id(redis);
            server.command("CLIENT", "KILL", "TYPE", "normal");
            return redis.executeCommand(Command.PING);
        };

        assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(() -> connections.use(end));
        assertThat(opened).hasValue(2);
    }

    @Test
    void whatTookTooLongIsNotTriedAgain() {
        connections.use(ConnectionsTest::id);
        server.freeze();

        assertThatExceptionOfType(JedisConnectionException.class)
                .isThrownBy(() -> connections.use(ConnectionsTest::id));
        assertThat(opened).hasValue(1);
    }

    @Test
    void afterAnErrorEveryConnectionIsNew() {
        connections.use(ConnectionsTest::id);

        assertThatExceptionOfType(JedisDataException.class)
                .isThrownBy(() -> connections.use(redis -> redis.executeCommand(Command.EVAL)));
        connections.use(ConnectionsTest::id);
        assertThat(opened).hasValue(2);
    }

    @Test
    void thereAreNoMoreThanMayBeAndWhoWaitsWaitsForAWhileOnly() throws Exception {
        Connections one = connections(1);
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> one.use(redis -> {
            taken.countDown();
            return await(enough);
        }));
        await(taken);

        long before = System.nanoTime();
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> one.use(ConnectionsTest::id))
                .withMessage("All connections to Redis are in use");
        assertThat(System.nanoTime() - before).isBetween(200_000_000L, 900_000_000L);

        enough.countDown();
        assertThat(other.get()).isTrue();
        assertThat(one.use(ConnectionsTest::id)).isNotNull();
        assertThat(opened).hasValue(1);
        one.close();
    }

    @Test
    void whoIsInterruptedStaysInterrupted() throws Exception {
        Connections one = connections(1);
        one.use(outer -> {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> one.use(ConnectionsTest::id));
            return Thread.interrupted();
        });
        assertThat(one.use(ConnectionsTest::id)).isNotNull();
        one.close();
    }

    @Test
    void whatIsClosedKeepsNothing() {
        List<Connection> used = new ArrayList<>();
        Function<Connection, Object> use = redis -> {
            used.add(redis);
            return id(redis);
        };
        connections.use(use);
        connections.close();
        connections.use(use);

        assertThat(opened).hasValue(2);
        assertThat(used).noneMatch(Connection::isConnected);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
