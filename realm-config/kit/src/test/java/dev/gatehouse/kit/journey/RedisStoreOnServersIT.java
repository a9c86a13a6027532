// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import dev.gatehouse.kit.server.KeycloakCluster;
import dev.gatehouse.redis.NeedsRedis;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every store promises, by the store {@code redis} of two real servers. */
@NeedsRedis
@ExtendWith(KeycloakCluster.class)
class RedisStoreOnServersIT extends StoreOnServers {

    RedisStoreOnServersIT(GatehouseCluster gatehouse) {
        super(gatehouse, "redis");
    }
}
