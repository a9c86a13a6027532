// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.PermitStoreContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A store inside two servers: each request of the suite goes to the other one than the last. */
abstract class StoreOnServers extends PermitStoreContract {

    private final ProbedStore store;
    private final boolean bySlots;

    StoreOnServers(GatehouseCluster gatehouse, String name) {
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
        return Duration.ofSeconds(bySlots ? 5 : 3);
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
    void ofManyThreadsOfBothNodesExactlyAsManyGoThroughAsFit() {
        for (int round = 0; round < 3; round++) {
            assertThat(store.burst(5, Duration.ofMinutes(15), "burst." + UUID.randomUUID(), 8, 25))
                    .isEqualTo(5);
        }
    }
}
