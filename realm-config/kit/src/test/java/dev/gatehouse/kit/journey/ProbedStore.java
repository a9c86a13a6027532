// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.RunningServer;

/** A store inside the servers, asked on one node after the other. */
public final class ProbedStore implements PermitStore {

    private final List<? extends RunningServer> nodes;
    private final String store;
    private final Browser browser = Browser.fresh();
    private final AtomicInteger turn = new AtomicInteger();

    public ProbedStore(List<? extends RunningServer> nodes, String store) {
        this.nodes = nodes;
        this.store = store;
    }

    @Override
    public Answer take(Bucket bucket) {
        String[] answer = ask("take", fields(bucket)).split(" ", 3);
        return answer[0].equals("taken")
                ? new Answer.Taken(answer[2], Integer.parseInt(answer[1]))
                : new Answer.Full(Duration.ofMillis(Long.parseLong(answer[1])));
    }

    @Override
    public void giveBack(Bucket bucket, String permit) {
        List<Map.Entry<String, String>> fields = fields(bucket);
        fields.add(Map.entry("permit", permit));
        ask("give-back", fields);
    }

    @Override
    public Duration peek(Bucket bucket) {
        return Duration.ofMillis(Long.parseLong(ask("peek", fields(bucket))));
    }

    @Override
    public void clear(String subject, Duration life) {
        ask("clear", List.of(Map.entry("subject", subject), Map.entry("millis", Long.toString(life.toMillis()))));
    }

    /** Tries of many threads of every node, all at once, on one counter; how many went through. */
    public long burst(int permits, Duration window, String key, int threads, int tries) {
        ExecutorService all = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Callable<Long>> work = new ArrayList<>();
            nodes.forEach(node -> work.add(() -> burst(node, permits, window, key, threads, tries)));
            long through = 0;
            for (Future<Long> part : all.invokeAll(work)) {
                through += part.get();
            }
            return through;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A node could not make its tries", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in a burst of tries", e);
        } finally {
            all.shutdownNow();
        }
    }

    private long burst(RunningServer node, int permits, Duration window, String key, int threads, int tries) {
        return Long.parseLong(ask(
                node,
                "burst",
                List.of(
                        Map.entry("permits", Integer.toString(permits)),
                        Map.entry("millis", Long.toString(window.toMillis())),
                        Map.entry("key", key),
                        Map.entry("threads", Integer.toString(threads)),
                        Map.entry("tries", Integer.toString(tries)))));
    }

    /** One try each of so many names that nobody has. */
    public void flood(String key, int keys) {
        ask("flood", flooded(key, keys));
    }

    /** How many counters of a {@link #flood} are still there. */
    public int kept(String key, int keys) {
        return Integer.parseInt(ask("kept", flooded(key, keys)));
    }

    private static List<Map.Entry<String, String>> flooded(String key, int keys) {
        return List.of(Map.entry("key", key), Map.entry("keys", Integer.toString(keys)));
    }

    /** How many bytes a node's heap holds after its garbage was collected. */
    public long heap() {
        return Long.parseLong(ask("heap", List.of()));
    }

    /** How long a limiter that counts here takes, as the node sees it, for one sign-in with keys of its own. */
    public Duration acquire(String key) {
        return Duration.ofNanos(Long.parseLong(ask("acquire", List.of(Map.entry("key", key)))));
    }

    private static List<Map.Entry<String, String>> fields(Bucket bucket) {
        List<Map.Entry<String, String>> fields = new ArrayList<>(List.of(
                Map.entry("permits", Integer.toString(bucket.rate().permits())),
                Map.entry("millis", Long.toString(bucket.rate().window().toMillis())),
                Map.entry("area", bucket.area().name()),
                Map.entry("key", bucket.key())));
        bucket.subjects().forEach(subject -> fields.add(Map.entry("subject", subject)));
        return fields;
    }

    private String ask(String method, List<Map.Entry<String, String>> fields) {
        return ask(nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size())), method, fields);
    }

    private String ask(RunningServer node, String method, List<Map.Entry<String, String>> fields) {
        Page answer = browser.requests()
                .post(URI.create(node.url() + "/realms/master/gatehouse-probe/" + store + "/" + method), fields);
        if (answer.status() == 503) {
            throw new StoreUnavailableException("The store is away");
        }
        if (answer.status() != 200) {
            throw new IllegalStateException(method + ": " + answer.status() + " " + answer.html());
        }
        return answer.html();
    }
}
