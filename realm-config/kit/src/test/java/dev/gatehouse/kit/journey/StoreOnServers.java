// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.PermitStoreContract;
import dev.gatehouse.kit.server.ClusterNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A store inside two servers: each request of the suite goes to the other one than the last. */
abstract class StoreOnServers extends PermitStoreContract {

    private final GatehouseCluster gatehouse;
    private final ProbedStore store;
    private final boolean bySlots;

    StoreOnServers(GatehouseCluster gatehouse, String name) {
        this.gatehouse = gatehouse;
        this.store = new ProbedStore(gatehouse.servers(), name);
        this.bySlots = name.equals("single-use");
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
        return Duration.ofSeconds(bySlots ? 6 : 4);
    }

    @Override
    protected Duration grain() {
        return Duration.ofMillis(500);
    }

    @Override
    protected Duration slack() {
        return bySlots ? Duration.ofSeconds(3) : Duration.ZERO;
    }

    @Override
    protected boolean knowsWhatIsLeft() {
        return !bySlots;
    }

    @Override
    protected boolean keepsCountByALowerRate() {
        return !bySlots;
    }

    @Test
    void ofManyThreadsOfBothNodesExactlyAsManyGoThroughAsFit() throws Exception {
        for (int round = 0; round < 3; round++) {
            assertThat(burst("burst." + UUID.randomUUID())).isEqualTo(5);
        }
    }

    private long burst(String key) throws Exception {
        List<ClusterNode> nodes = gatehouse.servers();
        ExecutorService both = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Callable<Long>> work = new ArrayList<>();
            nodes.forEach(node -> work.add(() -> store.burst(node, 5, Duration.ofMinutes(15), key, 8, 25)));
            long through = 0;
            for (Future<Long> part : both.invokeAll(work)) {
                through += part.get();
            }
            return through;
        } finally {
            both.shutdownNow();
        }
    }
}
