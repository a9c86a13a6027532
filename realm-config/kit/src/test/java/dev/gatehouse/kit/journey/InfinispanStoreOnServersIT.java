// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import dev.gatehouse.kit.server.KeycloakCluster;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every store promises, by the store {@code infinispan} of two real servers. */
@ExtendWith(KeycloakCluster.class)
class InfinispanStoreOnServersIT extends StoreOnServers {

    InfinispanStoreOnServersIT(GatehouseCluster gatehouse) {
        super(gatehouse, "infinispan");
    }
}
