// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.Stub;
import org.keycloak.models.KeycloakSessionFactory;

/** Stores as servers have them: each opened by a factory of its own. */
final class Nodes implements AutoCloseable {

    private final List<RedisPermitStoreFactory> factories = new ArrayList<>();

    /** The store of a node whose options are {@code url} and these pairs. */
    PermitStore at(String url, String... pairs) {
        Map<String, String> options = new HashMap<>(Map.of("url", url));
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        RedisPermitStoreFactory factory = new RedisPermitStoreFactory();
        factories.add(factory);
        factory.init(FakeConfig.scope(options));
        return factory.open(server());
    }

    static KeycloakSessionFactory server() {
        return Stub.of(KeycloakSessionFactory.class).get();
    }

    static Bucket bucket(String key, String rate, String... subjects) {
        return new Bucket("rule", Rate.parse(rate).orElseThrow(), Bucket.Area.KNOWN, key, List.of(subjects));
    }

    @Override
    public void close() {
        factories.forEach(RedisPermitStoreFactory::close);
    }
}
