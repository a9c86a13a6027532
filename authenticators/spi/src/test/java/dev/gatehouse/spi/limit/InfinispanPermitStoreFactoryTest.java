// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.Stub;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.cache.MemoryConfiguration;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.transaction.TransactionMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class InfinispanPermitStoreFactoryTest {

    private static final List<String> CACHES = List.of(
            "gatehouse-limits-known", "gatehouse-limits-typed", "gatehouse-limits-address", "gatehouse-limits-cleared");

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final InfinispanPermitStoreFactory factory = new InfinispanPermitStoreFactory();
    private CacheNode node = CacheNode.alone();

    @AfterEach
    void stop() {
        node.close();
    }

    private void clustered() {
        node.close();
        node = CacheNode.in("limits-" + UUID.randomUUID(), "only");
    }

    private PermitStore open(Map<String, String> options) {
        node.manager()
                .defineConfiguration(InfinispanConnectionProvider.KEYS_CACHE_NAME, new ConfigurationBuilder().build());
        server.provide(
                InfinispanConnectionProvider.class,
                null,
                Stub.of(InfinispanConnectionProvider.class)
                        .on("getCache", call -> node.manager().getCache(call.text(0)))
                        .get());
        factory.init(FakeConfig.scope(options));
        factory.postInit(server.factory());
        return factory.open(server.factory());
    }

    private Configuration configuration(String cache) {
        return node.manager().getCache(cache).getCacheConfiguration();
    }

    @Test
    void theStoreCountsInCachesOfItsOwn() {
        PermitStore store = open(Map.of());
        Bucket bucket = new Bucket("rule", new Rate(1, Duration.ofMinutes(1)), Bucket.Area.KNOWN, "key", List.of());

        assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Taken.class);
        assertThat(store.take(bucket)).isInstanceOf(PermitStore.Answer.Full.class);
        assertThat(node.manager().getCache("gatehouse-limits-known")).containsOnlyKeys("key");
        assertThat(node.manager().getCacheNames()).containsAll(CACHES);
    }

    @Test
    void theStoreIsTheSameForEveryRequest() {
        Bucket bucket = new Bucket("rule", new Rate(1, Duration.ofMinutes(1)), Bucket.Area.TYPED, "key", List.of());
        open(Map.of()).take(bucket);

        assertThat(factory.create(server.request(realm).model()).store().take(bucket))
                .isInstanceOf(PermitStore.Answer.Full.class);
    }

    @Test
    void aServerThatIsAloneHasLocalCaches() {
        open(Map.of());

        assertThat(CACHES).allMatch(cache -> configuration(cache).clustering().cacheMode() == CacheMode.LOCAL);
    }

    @Test
    void inAClusterEachCounterHasTwoOwnersAndNobodyWaitsLong() {
        clustered();
        open(Map.of());

        for (String cache : CACHES.subList(0, 3)) {
            Configuration counters = configuration(cache);
            assertThat(counters.clustering().cacheMode()).isEqualTo(CacheMode.DIST_SYNC);
            assertThat(counters.clustering().hash().numOwners()).isEqualTo(2);
        }
        // It is read at every try: every node has all of it.
        assertThat(configuration("gatehouse-limits-cleared").clustering().cacheMode())
                .isEqualTo(CacheMode.REPL_SYNC);
        for (String cache : CACHES) {
            Configuration any = configuration(cache);
            assertThat(any.clustering().remoteTimeout()).isEqualTo(500);
            assertThat(any.locking().lockAcquisitionTimeout()).isEqualTo(300);
            assertThat(any.clustering().stateTransfer().awaitInitialTransfer()).isFalse();
            assertThat(any.clustering().partitionHandling().mergePolicy()).isEqualTo(MergePolicy.PREFERRED_NON_NULL);
        }
    }

    @Test
    void noRollbackUndoesACountAndEveryCacheIsBounded() {
        open(Map.of("max-known", "1000", "max-typed", "2000", "max-addresses", "3000"));

        assertThat(CACHES)
                .map(this::configuration)
                .noneMatch(it -> it.transaction().transactionMode().isTransactional())
                .noneMatch(it -> it.statistics().enabled())
                .extracting(Configuration::memory)
                .allMatch(it -> it.whenFull() == EvictionStrategy.REMOVE)
                .extracting(MemoryConfiguration::maxCount)
                .containsExactly(1000L, 2000L, 3000L, 1000L);
    }

    @Test
    void aCacheThatTheOperatorDefinedIsUsed() {
        Configuration theirs = new ConfigurationBuilder()
                .locking()
                .lockAcquisitionTimeout(7, TimeUnit.SECONDS)
                .build();
        node.manager().defineConfiguration("gatehouse-limits-typed", theirs);
        open(Map.of());

        assertThat(configuration("gatehouse-limits-typed").locking().lockAcquisitionTimeout())
                .isEqualTo(7000);
        assertThat(configuration("gatehouse-limits-known").locking().lockAcquisitionTimeout())
                .isEqualTo(300);
    }

    @Test
    void aCacheThatARollbackWouldUndoIsRefused() {
        Configuration theirs = new ConfigurationBuilder()
                .transaction()
                .transactionMode(TransactionMode.TRANSACTIONAL)
                .build();
        node.manager().defineConfiguration("gatehouse-limits-typed", theirs);

        assertThatIllegalStateException()
                .isThrownBy(() -> open(Map.of()))
                .withMessageStartingWith(
                        "Gatehouse: the cache gatehouse-limits-typed in the cache configuration must ");
    }

    @Test
    void aCacheThatNodesDoNotShareIsRefusedInACluster() {
        for (CacheMode mode : List.of(CacheMode.LOCAL, CacheMode.DIST_ASYNC, CacheMode.INVALIDATION_SYNC)) {
            clustered();
            Configuration theirs =
                    new ConfigurationBuilder().clustering().cacheMode(mode).build();
            node.manager().defineConfiguration("gatehouse-limits-address", theirs);

            assertThatIllegalStateException().isThrownBy(() -> open(Map.of())).withMessageContaining("-address");
        }
    }

    @Test
    void theDefaultsAreTheseAndTheConsoleOfTheServerShowsWhatHolds() {
        assertThat(factory.getId()).isEqualTo("gatehouse-infinispan");
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("max-known", "max-typed", "max-addresses");
        assertThat(factory.getOperationalInfo())
                .containsEntry("max-known", "100000")
                .containsEntry("max-typed", "100000")
                .containsEntry("max-addresses", "100000")
                .containsKey("version");
    }

    @Test
    void aWrongOptionStopsTheServerWithTheWholeNameOfTheOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.init(FakeConfig.scope(Map.of("max-typed", "0"))))
                .withMessage("Gatehouse: spi-gatehouse-permit-store--gatehouse-infinispan--max-typed is \"0\" but must "
                        + "be a whole number from 1000 to 10000000");
    }

    @Test
    void keycloakFindsTheStoresOfThePack() {
        assertThat(ServiceLoader.load(PermitStoreFactory.class))
                .extracting(PermitStoreFactory::getId)
                .containsExactlyInAnyOrder("gatehouse-infinispan", "gatehouse-single-use");
    }
}
