// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import dev.gatehouse.kit.server.KeycloakCluster;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every store promises, by the store {@code single-use} of two real servers. */
@ExtendWith(KeycloakCluster.class)
class SingleUseStoreOnServersIT extends StoreOnServers {

    SingleUseStoreOnServersIT(GatehouseCluster gatehouse) {
        super(gatehouse, "single-use");
    }
}
