// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.PermitStoreContract;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeServer;

/** The store over objects that are kept in a database: these know whole seconds only. */
class SingleUsePermitStoreInSecondsTest extends PermitStoreContract {

    private final MovedTime time = new MovedTime();
    private final PermitStore store = new SingleUsePermitStore(
            new FakeServer(() -> time.instant().truncatedTo(ChronoUnit.SECONDS)).factory(), time, new SecureRandom());

    SingleUsePermitStoreInSecondsTest() {
        // The worst moment: what begins now has lost nearly a second at once.
        time.pass(Duration.ofMillis(999));
    }

    @Override
    protected PermitStore store() {
        return store;
    }

    @Override
    protected InstantSource clock() {
        return time;
    }

    @Override
    protected void passTime(Duration passed) {
        time.pass(passed);
    }

    @Override
    protected Duration slack() {
        return Duration.ofSeconds(1);
    }

    @Override
    protected boolean knowsWhatIsLeft() {
        return false;
    }

    @Override
    protected boolean keepsCountByALowerRate() {
        return false;
    }
}
