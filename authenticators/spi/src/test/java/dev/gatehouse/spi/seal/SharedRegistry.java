// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.gatehouse.core.seal.Canary;

/** What all nodes share, in maps. */
final class SharedRegistry implements KeyRegistry {

    /** Decides when an operation is done. */
    interface Turn {
        <T> T take(Supplier<T> operation);
    }

    private final Map<String, Map<String, Canary>> canaries = new HashMap<>();
    private final Map<String, Report> reports = new LinkedHashMap<>();

    /** The same for one node whose every operation waits for its turn. */
    KeyRegistry inTurns(Turn turn) {
        return new KeyRegistry() {
            @Override
            public List<Canary> canaries(String scope) {
                return turn.take(() -> SharedRegistry.this.canaries(scope));
            }

            @Override
            public void addCanary(String scope, Canary canary) {
                turn.take(() -> {
                    SharedRegistry.this.addCanary(scope, canary);
                    return scope;
                });
            }

            @Override
            public void report(Report report) {
                turn.take(() -> {
                    SharedRegistry.this.report(report);
                    return report;
                });
            }

            @Override
            public List<Report> reports(Instant since) {
                return turn.take(() -> SharedRegistry.this.reports(since));
            }
        };
    }

    /** The names of keys that {@code node} told last. */
    Set<String> told(String node) {
        Report report = reports.get(node);
        return report == null ? Set.of() : report.keyIds();
    }

    @Override
    public synchronized List<Canary> canaries(String scope) {
        return List.copyOf(canaries.getOrDefault(scope, Map.of()).values());
    }

    @Override
    public synchronized void addCanary(String scope, Canary canary) {
        canaries.computeIfAbsent(scope, same -> new LinkedHashMap<>()).putIfAbsent(canary.keyId(), canary);
    }

    @Override
    public synchronized void report(Report report) {
        reports.put(report.node(), report);
    }

    @Override
    public synchronized List<Report> reports(Instant since) {
        reports.values().removeIf(report -> !report.seen().isAfter(since));
        return List.copyOf(reports.values());
    }
}
