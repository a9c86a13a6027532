// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.singleuse;

import java.time.Duration;

import dev.gatehouse.core.time.MovedTime;

/** The double keeps the contract, so what is proven with it holds with the real stores. */
class InMemorySingleUseStoreTest extends SingleUseStoreContract {

    private final MovedTime time = new MovedTime();
    private final SingleUseStore store = new InMemorySingleUseStore(time);

    @Override
    protected SingleUseStore store() {
        return store;
    }

    @Override
    protected void pass(Duration passed) {
        time.pass(passed);
    }
}
