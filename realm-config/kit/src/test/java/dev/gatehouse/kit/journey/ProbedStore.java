// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.ClusterNode;

/** A store inside the servers, asked on one node after the other. */
final class ProbedStore implements PermitStore {

    private final List<ClusterNode> nodes;
    private final String store;
    private final Browser browser = Browser.fresh();
    private final AtomicInteger turn = new AtomicInteger();

    ProbedStore(List<ClusterNode> nodes, String store) {
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

    /** Tries of many threads of one node on one counter; how many went through. */
    long burst(ClusterNode node, int permits, Duration window, String key, int threads, int tries) {
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
    void flood(ClusterNode node, String key, int keys) {
        ask(node, "flood", List.of(Map.entry("key", key), Map.entry("keys", Integer.toString(keys))));
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

    private String ask(ClusterNode node, String method, List<Map.Entry<String, String>> fields) {
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
