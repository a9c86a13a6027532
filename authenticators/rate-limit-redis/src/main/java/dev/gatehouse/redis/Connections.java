// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.gatehouse.core.limit.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The connections of this process to Redis: so many at a time, made when somebody needs one, kept for the next.
 *
 * <p>It has no thread and makes nothing in advance, so that the time of a call has a bound: the wait for a free
 * connection, and then either an answer on one that was kept, or a new connection and an answer.
 */
final class Connections implements AutoCloseable {

    /** Shorter than firewalls and servers let an idle connection live, so that they do not cut one off unnoticed. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Supplier<Connection> opener;
    private final Duration patience;
    private final InstantSource clock;
    private final Semaphore free;

    /** The last that came back first. */
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

    private volatile boolean closed;

    private record Idle(Connection connection, Instant since) {}

    /**
     * @param opener makes a connection, in a time that has a bound
     * @param most how many there are at a time
     * @param patience how long to wait for one while all are in use
     * @param clock tells how long a connection was idle
     */
    Connections(Supplier<Connection> opener, int most, Duration patience, InstantSource clock) {
        this.opener = opener;
        this.patience = patience;
        this.clock = clock;
        this.free = new Semaphore(most);
    }

    /**
     * Does {@code work} on a connection; once more on another, if one that was kept turns out to be closed. It may then
     * have been done twice.
     *
     * @throws JedisException if Redis does not answer, or answers with an error
     * @throws StoreUnavailableException if no connection becomes free
     */
    <T> T use(Function<Connection, T> work) {
        await();
        try {
            Connection kept = kept();
            if (kept == null) {
                return run(opener.get(), work);
            }
            try {
                return run(kept, work);
            } catch (JedisConnectionException e) {
                if (e.getCause() instanceof SocketTimeoutException) {
                    throw e;
                }
                // The other side closed it while nobody looked; that says nothing about now.
                return run(opener.get(), work);
            }
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        dropIdle();
    }

    private void await() {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailableException("All connections to Redis are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while all connections to Redis were in use", e);
        }
    }

    private @Nullable Connection kept() {
        Idle newest = idle.pollFirst();
        if (newest == null) {
            return null;
        }
        if (newest.since().plus(KEPT).isAfter(clock.instant())) {
            return newest.connection();
        }
        // The rest is older still.
        drop(newest.connection());
        dropIdle();
        return null;
    }

    private <T> T run(Connection connection, Function<Connection, T> work) {
        boolean worked = false;
        try {
            T result = work.apply(connection);
            worked = true;
            return result;
        } finally {
            if (worked && !closed) {
                idle.addFirst(new Idle(connection, clock.instant()));
            } else {
                // What broke one has most likely broken all; and a primary that became a replica has moved.
                drop(connection);
                dropIdle();
            }
        }
    }

    private void dropIdle() {
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            drop(next.connection());
        }
    }

    private static void drop(Connection connection) {
        try {
            connection.disconnect();
        } catch (JedisException e) {
            // It does not matter how the end of a connection fails that nobody uses any more.
        }
    }
}
