// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.PermitStoreContract;
import dev.gatehouse.core.limit.StoreUnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NeedsRedis
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisPermitStoreIT extends PermitStoreContract {

    private static final String RATE = "5/1h";

    private final Nodes nodes = new Nodes();
    private RedisServer redis;
    private PermitStore store;

    @BeforeAll
    void start() {
        redis = RedisServer.start();
        store = node();
    }

    /** Nothing here is about time-outs, and the machine may be busy. */
    private PermitStore node() {
        return nodes.at(redis.url(), "timeout-millis", "1000");
    }

    @AfterAll
    void stop() {
        nodes.close();
        redis.close();
    }

    @Override
    protected PermitStore store() {
        return store;
    }

    @Override
    protected InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    protected void passTime(Duration time) {
        sleep(time);
    }

    @Override
    protected Duration window() {
        return Duration.ofSeconds(2);
    }

    @Override
    protected Duration grain() {
        return Duration.ofMillis(200);
    }

    @RepeatedTest(5)
    void ofTheTriesOnTwoNodesExactlyAsManyGoThroughAsFit() throws Exception {
        Bucket bucket = Nodes.bucket("two-nodes." + System.nanoTime(), RATE);
        List<PermitStore> stores = List.of(node(), node());
        CyclicBarrier start = new CyclicBarrier(16);
        ExecutorService pool = Executors.newFixedThreadPool(16);
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            PermitStore node = stores.get(i % 2);
            running.add(pool.submit(() -> {
                start.await();
                long through = 0;
                for (int j = 0; j < 50; j++) {
                    through += node.take(bucket) instanceof PermitStore.Answer.Taken ? 1 : 0;
                }
                return through;
            }));
        }

        long through = 0;
        for (Future<Long> one : running) {
            through += one.get();
        }
        pool.shutdown();
        assertThat(through).isEqualTo(5);
    }

    @Test
    void aPermitOfOneNodeIsGivenBackOnAnother() {
        Bucket bucket = Nodes.bucket("elsewhere", "1/1h");
        PermitStore.Answer taken = store.take(bucket);
        PermitStore other = node();
        assertThat(other.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);

        other.giveBack(bucket, ((PermitStore.Answer.Taken) taken).permit());
        assertThat(other.take(bucket)).isInstanceOf(PermitStore.Answer.Taken.class);
    }

    @Test
    void aRedisThatForgotItsScriptsIsToldThemAgain() {
        Bucket bucket = Nodes.bucket("forgotten", RATE, "forgotten-subject");
        store.take(bucket);
        assertThat(redis.command("SCRIPT", "FLUSH")).isEqualTo("+OK");
        assertThat(store.take(bucket)).isEqualTo(new PermitStore.Answer.Taken(lastPermit(bucket), 3));

        redis.command("SCRIPT", "FLUSH");
        store.clear("forgotten-subject", Duration.ofHours(1));
        redis.command("SCRIPT", "FLUSH");
        assertThat(store.peek(bucket)).isZero();
    }

    private String lastPermit(Bucket bucket) {
        return redis.firstOf("ZRANGE", "{gatehouse}:known:" + bucket.key(), "-1", "-1");
    }

    @Test
    void everyKeyHasTheTagAndAnEnd() {
        RedisServer own = RedisServer.start();
        try (own) {
            PermitStore node = nodes.at(own.url());
            node.take(Nodes.bucket("a-key", "3/1m", "a-subject"));
            node.clear("a-subject", Duration.ofMinutes(1));

            assertThat(own.command("DBSIZE")).isEqualTo(":2");
            assertThat(millisToLive(own, "{gatehouse}:known:a-key")).isBetween(59_000L, 61_000L);
            assertThat(millisToLive(own, "{gatehouse}:cleared:a-subject")).isBetween(59_000L, 61_000L);
        }
    }

    private static long millisToLive(RedisServer server, String key) {
        return Long.parseLong(server.command("PTTL", key).substring(1));
    }

    @Test
    void lookingAndGivingBackLeaveNothingBehind() {
        RedisServer own = RedisServer.start();
        try (own) {
            PermitStore node = nodes.at(own.url());
            Bucket bucket = Nodes.bucket("nothing", "3/1m", "a-subject");
            node.peek(bucket);
            node.giveBack(bucket, ((PermitStore.Answer.Taken) node.take(bucket)).permit());

            assertThat(own.command("DBSIZE")).isEqualTo(":0");
        }
    }

    @Test
    void anotherPrefixOrDatabaseIsAnotherStore() {
        Bucket bucket = Nodes.bucket("apart", "1/1h");
        List.of(store, nodes.at(redis.url(), "key-prefix", "other"), nodes.at(redis.url() + "/3"))
                .forEach(apart -> {
                    assertThat(apart.take(bucket)).isInstanceOf(PermitStore.Answer.Taken.class);
                    assertThat(apart.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
                });
    }

    @Test
    void somebodyElsesValueUnderAKeyIsNoCounterAndItsNameIsNotTold() {
        redis.command("SET", "{gatehouse}:known:taken-by-others", "1");
        Bucket bucket = Nodes.bucket("taken-by-others", RATE);

        List.<Runnable>of(() -> store.take(bucket), () -> store.peek(bucket), () -> store.giveBack(bucket, "x"))
                .forEach(call -> assertThatExceptionOfType(StoreUnavailableException.class)
                        .isThrownBy(call::run)
                        .withMessage("Redis at 127.0.0.1:" + redis.port() + " answers WRONGTYPE")
                        .withNoCause());
    }
}
