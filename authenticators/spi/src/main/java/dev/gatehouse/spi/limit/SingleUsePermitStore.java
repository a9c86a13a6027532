// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Counts in Keycloak's single-use objects, wherever these are: in its caches, in an outer Infinispan, in its database. A
 * counter of N permits is N slots; a try takes a free one, which is taken for the window and a second more.
 *
 * <p>Exact over all that share the objects, as it decides by nothing but their own "put if absent". What it gives up for
 * that: a try counts up to a second longer than the window, and the wait is told so; a counter that was found full is
 * taken for full for a second, also by a node that does not know that a permit came back; how many are left is an upper
 * bound; after a rate was lowered, fewer of the tries before that count; a permit comes back in the first half of its
 * window only. A free slot is found in few steps; to find none takes as many as there are, once a second. Nothing bounds
 * how many objects there are but their lives.
 *
 * <p>It waits as long as Keycloak waits for its own objects: 15 seconds for a node that is frozen.
 */
final class SingleUsePermitStore implements PermitStore {

    private static final String PREFIX = "gatehouse.limit.";

    /** Ends the key of what is known of a taken slot: the slot itself cannot hold anything. */
    private static final String ABOUT = ".about";

    private static final String BY = "by";
    private static final String AT = "at";
    private static final String UNTIL = "until";

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** How long a mark of {@link #clear} lives, and how long it must live on at least when a try is counted by it. */
    private static final Duration MARK = Duration.ofDays(3);

    private static final Duration MARK_LEAST = Duration.ofDays(2);

    private final KeycloakSessionFactory factory;
    private final InstantSource clock;
    private final SecureRandom random;

    SingleUsePermitStore(KeycloakSessionFactory factory, InstantSource clock, SecureRandom random) {
        this.factory = factory;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What is known before a slot is tried.
     *
     * @param counter how the keys of the counter's slots begin
     * @param retryAfter how long it is full; null if nobody found it full a moment ago
     */
    private record Opened(String counter, @Nullable Duration retryAfter) {}

    @Override
    public Answer take(Bucket bucket) {
        int permits = bucket.rate().permits();
        Opened opened = call(objects -> {
            String counter = counter(objects, bucket);
            Map<String, String> full = objects.get(fullKey(counter, permits));
            long wait = full == null ? 0 : time(full, UNTIL) - clock.millis();
            return new Opened(counter, wait > 0 ? Duration.ofMillis(wait) : null);
        });
        if (opened.retryAfter() != null) {
            return new Answer.Full(opened.retryAfter());
        }
        String id = newId();
        // Most tries find a free slot at once if each begins somewhere else.
        int first = random.nextInt(permits);
        for (int i = 0; i < permits; i++) {
            String slot = slot(opened.counter(), (first + i) % permits);
            // A transaction for each: a database locks every slot that is tried until its end, and two that try all of
            // them would wait for each other.
            if (call(objects -> occupied(objects, slot, id, bucket))) {
                return new Answer.Taken(id + ' ' + slot, permits - 1 - i);
            }
        }
        return new Answer.Full(call(objects -> {
            Duration wait = wait(objects, opened.counter(), bucket);
            String until = Long.toString(clock.instant().plus(wait).toEpochMilli());
            objects.put(fullKey(opened.counter(), permits), SECOND.toSeconds(), Map.of(UNTIL, until));
            return wait;
        }));
    }

    @Override
    public void giveBack(Bucket bucket, String permit) {
        int space = permit.indexOf(' ');
        String slot = permit.substring(space + 1);
        if (space < 0 || !slot.startsWith(prefix(bucket))) {
            return;
        }
        String id = permit.substring(0, space);
        if (call(objects -> disowned(objects, slot, id, bucket))) {
            String counter = slot.substring(0, slot.lastIndexOf('.'));
            call(objects -> {
                objects.remove(slot);
                return objects.remove(fullKey(counter, bucket.rate().permits()));
            });
        }
    }

    @Override
    public Duration peek(Bucket bucket) {
        return call(objects -> {
            String counter = counter(objects, bucket);
            for (int i = 0; i < bucket.rate().permits(); i++) {
                if (objects.get(slot(counter, i)) == null) {
                    return Duration.ZERO;
                }
            }
            return wait(objects, counter, bucket);
        });
    }

    @Override
    public void clear(String subject, Duration life) {
        call(objects -> mark(objects, subject, newId()));
    }

    private boolean occupied(SingleUseObjectProvider objects, String slot, String id, Bucket bucket) {
        long life = life(bucket).toSeconds();
        if (!objects.putIfAbsent(slot, life)) {
            return false;
        }
        objects.put(slot + ABOUT, life, Map.of(BY, id, AT, Long.toString(clock.millis())));
        return true;
    }

    /** Whether {@code id} had {@code slot} and gave it up with this call. */
    private boolean disowned(SingleUseObjectProvider objects, String slot, String id, Bucket bucket) {
        Map<String, String> about = objects.get(slot + ABOUT);
        if (about == null || !id.equals(about.get(BY))) {
            return false;
        }
        // Much later the slot could end, and be another's, before it is removed.
        long age = clock.millis() - time(about, AT);
        if (age > bucket.rate().window().toMillis() / 2) {
            return false;
        }
        // Of those who give it back at the same time one gets it.
        Map<String, String> removed = objects.remove(slot + ABOUT);
        return removed != null && id.equals(removed.get(BY));
    }

    /** How long until the first of all slots is free, which are taken; more if that is not known. */
    private Duration wait(SingleUseObjectProvider objects, String counter, Bucket bucket) {
        long now = clock.millis();
        long oldest = now;
        for (int i = 0; i < bucket.rate().permits(); i++) {
            Map<String, String> about = objects.get(slot(counter, i) + ABOUT);
            oldest = about == null ? oldest : Math.min(oldest, time(about, AT));
        }
        return Duration.ofMillis(Math.max(1, oldest + life(bucket).toMillis() - now));
    }

    /** How the keys of the counter's slots begin now: emptied, it has others. */
    private String counter(SingleUseObjectProvider objects, Bucket bucket) {
        StringBuilder counter = new StringBuilder(prefix(bucket));
        bucket.subjects().stream().distinct().forEach(subject -> {
            Map<String, String> mark = objects.get(markKey(subject));
            if (mark == null) {
                counter.append('-');
                return;
            }
            String id = mark.getOrDefault(BY, "");
            counter.append(id).append('-');
            // A mark that ended before the slots that were taken by it would be a new budget.
            if (time(mark, UNTIL) - clock.millis() < MARK_LEAST.toMillis()) {
                mark(objects, subject, id);
            }
        });
        return counter.toString();
    }

    private @Nullable Void mark(SingleUseObjectProvider objects, String subject, String id) {
        String until = Long.toString(clock.instant().plus(MARK).toEpochMilli());
        objects.put(markKey(subject), MARK.toSeconds(), Map.of(BY, id, UNTIL, until));
        return null;
    }

    /** A second more than the window: where lives are counted in whole seconds, up to one is lost. */
    private static Duration life(Bucket bucket) {
        return bucket.rate().window().plus(SECOND);
    }

    private static String prefix(Bucket bucket) {
        return PREFIX + bucket.area() + '.' + bucket.key() + '/';
    }

    private static String slot(String counter, int number) {
        return counter + '.' + number;
    }

    private static String fullKey(String counter, int permits) {
        return counter + ".full." + permits;
    }

    private static String markKey(String subject) {
        return PREFIX + "cleared." + subject;
    }

    private static long time(Map<String, String> notes, String name) {
        return Long.parseLong(notes.getOrDefault(name, "0"));
    }

    private String newId() {
        return Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
    }

    /** In a transaction of its own: what is counted stays counted if the request rolls back. */
    private <T extends @Nullable Object> T call(Function<SingleUseObjectProvider, T> work) {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(
                    factory, session -> work.apply(session.singleUseObjects()));
        } catch (RuntimeException e) {
            // Caches, the client of a cache server and a database each throw their own, and the end of the transaction
            // wraps them once more. Nothing but their work runs in here.
            throw new StoreUnavailableException("Keycloak's single-use objects did not answer", e);
        }
    }
}
