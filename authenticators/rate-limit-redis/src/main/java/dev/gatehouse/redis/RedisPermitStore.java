// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.StoreUnavailableException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts in Redis. A counter is a sorted set of tries by time, and lives as long as its newest try; what was cleared is a
 * time, and what a counter holds from then or before does not count.
 *
 * <p>A try that Redis counted but whose answer was lost stays counted: a wait may be longer than it had to be, but never
 * does one try too many go through.
 */
final class RedisPermitStore implements PermitStore, AutoCloseable {

    /**
     * Keys: the counter, and what may have been cleared. Arguments: permits, window in milliseconds, and the name of the
     * try, or nothing to only look. Answer: how many more fit, or the wait in milliseconds below zero.
     *
     * <p>Times are microseconds: no two scripts run in the same one, so it is certain what came before a clear. A double
     * holds them exactly until the year 2255.
     */
    private static final Script COUNT = Script.of("""
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local permits, millis, name = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
            local window = millis * 1000
            local horizon = now - window
            for i = 2, #KEYS do
              horizon = math.max(horizon, tonumber(redis.call('GET', KEYS[i]) or 0))
            end
            local count = redis.call('ZCOUNT', KEYS[1], string.format('(%.0f', horizon), '+inf')
            if count >= permits then
              -- A rate that was lowered leaves more than fits: all but the newest few have to pass first.
              local at = tonumber(redis.call('ZRANGE', KEYS[1], -permits, -permits, 'WITHSCORES')[2])
              return -math.max(1, math.ceil((at + window - now) / 1000))
            end
            if name == '' then
              return permits - count
            end
            -- First what a full Redis refuses: after another write it would let it through.
            redis.call('ZADD', KEYS[1], now, name)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', horizon)
            -- Keys go by a coarser clock: a second more, so that none goes while it counts.
            redis.call('PEXPIRE', KEYS[1], millis + 1000)
            return permits - count - 1
            """);

    /** Key: what is cleared. Argument: for how many milliseconds to remember it. */
    private static final Script CLEAR = Script.of("""
            local time = redis.call('TIME')
            redis.call('SET', KEYS[1], time[1] * 1000000 + time[2], 'PX', ARGV[1] + 1000)
            return 1
            """);

    private static final String ONLY_LOOK = "";

    /** How an error of Redis begins. What follows may quote keys. */
    private static final Pattern CODE = Pattern.compile("[A-Z]+");

    private final Connections connections;
    private final String place;
    private final String prefix;
    private final String process;
    private final AtomicLong serial = new AtomicLong();

    /**
     * @param connections to one Redis
     * @param place what messages call it
     * @param prefix begins every key; two stores with the same one share their counters
     * @param random makes the names of this process's permits unlike those of all others
     */
    RedisPermitStore(Connections connections, String place, String prefix, SecureRandom random) {
        this.connections = connections;
        this.place = place;
        // A hash tag: a script may only name keys that are kept together.
        this.prefix = "{" + prefix + "}:";
        byte[] id = new byte[12];
        random.nextBytes(id);
        this.process = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    @Override
    public Answer take(Bucket bucket) {
        String permit = process + "." + serial.incrementAndGet();
        long answer = count(bucket, permit);
        return answer >= 0
                ? new Answer.Taken(permit, Math.toIntExact(answer))
                : new Answer.Full(Duration.ofMillis(-answer));
    }

    @Override
    public void giveBack(Bucket bucket, String permit) {
        ask(redis -> redis.executeCommand(
                new CommandArguments(Command.ZREM).key(counter(bucket)).add(permit)));
    }

    @Override
    public Duration peek(Bucket bucket) {
        return Duration.ofMillis(Math.max(0, -count(bucket, ONLY_LOOK)));
    }

    @Override
    public void clear(String subject, Duration life) {
        ask(redis -> CLEAR.run(redis, List.of(cleared(subject)), List.of(Long.toString(life.toMillis()))));
    }

    @Override
    public void close() {
        connections.close();
    }

    private long count(Bucket bucket, String name) {
        List<String> keys = new ArrayList<>(List.of(counter(bucket)));
        bucket.subjects().forEach(subject -> keys.add(cleared(subject)));
        List<String> arguments = List.of(
                Integer.toString(bucket.rate().permits()),
                Long.toString(bucket.rate().window().toMillis()),
                name);
        return ask(redis -> COUNT.run(redis, keys, arguments));
    }

    private String counter(Bucket bucket) {
        return prefix + bucket.area().name().toLowerCase(Locale.ROOT) + ":" + bucket.key();
    }

    private String cleared(String subject) {
        return prefix + "cleared:" + subject;
    }

    private <T> T ask(Function<Connection, T> question) {
        try {
            return connections.use(question);
        } catch (JedisDataException e) {
            // Without the cause: its text goes on after the code.
            throw new StoreUnavailableException("Redis at " + place + " answers " + code(e));
        } catch (JedisException e) {
            throw new StoreUnavailableException("Redis at " + place + " does not answer", e);
        }
    }

    private static String code(JedisDataException error) {
        Matcher code = CODE.matcher(String.valueOf(error.getMessage()));
        return code.lookingAt() ? code.group() : "with an error";
    }
}
