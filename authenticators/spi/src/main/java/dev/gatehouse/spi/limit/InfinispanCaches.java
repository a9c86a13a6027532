// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.core.limit.Bucket;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.PartitionHandling;

/**
 * The caches that {@link InfinispanPermitStore} counts in: one for each area of keys, so that no area's keys evict
 * another's, and one for the marks of {@code clear}.
 *
 * <p>Whoever defines caches of these names in Keycloak's cache configuration gets theirs instead.
 */
final class InfinispanCaches {

    /** Where the marks are; how many there are is not in the hands of whoever only tries to sign in. */
    static final String CLEARED = "gatehouse-limits-cleared";

    private static final Map<Bucket.Area, String> NAMES = Map.of(
            Bucket.Area.KNOWN, "gatehouse-limits-known",
            Bucket.Area.TYPED, "gatehouse-limits-typed",
            Bucket.Area.ADDRESS, "gatehouse-limits-address");

    private static final int OWNERS = 2;
    private static final long REMOTE_TIMEOUT_MILLIS = 500;

    /** Shorter than a remote time-out: whoever waits for a key that a frozen node holds up must not wait twice. */
    private static final long LOCK_TIMEOUT_MILLIS = 300;

    private final Map<Bucket.Area, Cache<String, String>> counters = new EnumMap<>(Bucket.Area.class);
    private final Cache<String, String> cleared;

    private InfinispanCaches(EmbeddedCacheManager manager, Map<Bucket.Area, Integer> most) {
        most.forEach((area, count) -> counters.put(area, open(manager, name(area), CacheMode.DIST_SYNC, count)));
        // Read at every try and hardly ever written: every node has them all. Without one a counter is only stricter.
        this.cleared = open(manager, CLEARED, CacheMode.REPL_SYNC, Objects.requireNonNull(most.get(Bucket.Area.KNOWN)));
    }

    /**
     * Opens the caches. Every node has to do so when it starts: one that did not owns nothing of them.
     *
     * @param most how many counters of each area a node keeps
     * @throws IllegalStateException if a cache that somebody else defined cannot count
     */
    static InfinispanCaches open(EmbeddedCacheManager manager, Map<Bucket.Area, Integer> most) {
        return new InfinispanCaches(manager, most);
    }

    static String name(Bucket.Area area) {
        return Objects.requireNonNull(NAMES.get(area));
    }

    Cache<String, String> counters(Bucket.Area area) {
        return Objects.requireNonNull(counters.get(area));
    }

    Cache<String, String> cleared() {
        return cleared;
    }

    private static Cache<String, String> open(EmbeddedCacheManager manager, String name, CacheMode shared, int most) {
        boolean clustered = manager.getCacheManagerConfiguration().isClustered();
        if (manager.cacheConfigurationExists(name)) {
            check(name, manager.getCacheConfiguration(name), clustered);
        } else {
            manager.defineConfiguration(name, configuration(clustered ? shared : CacheMode.LOCAL, most));
        }
        return manager.getCache(name);
    }

    private static void check(String name, Configuration configured, boolean clustered) {
        CacheMode mode = configured.clustering().cacheMode();
        boolean shared = mode == CacheMode.DIST_SYNC || mode == CacheMode.REPL_SYNC;
        if (configured.transaction().transactionMode().isTransactional() || (clustered && !shared)) {
            throw new IllegalStateException("Gatehouse: the cache " + name + " in the cache configuration must be a "
                    + "distributed or replicated one that is synchronous and has no transactions");
        }
    }

    private static Configuration configuration(CacheMode mode, int most) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        builder.memory().maxCount(most).whenFull(EvictionStrategy.REMOVE);
        builder.locking().lockAcquisitionTimeout(LOCK_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        builder.statistics().disable();
        if (mode.isClustered()) {
            builder.clustering().cacheMode(mode).remoteTimeout(REMOTE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            builder.clustering().hash().numOwners(OWNERS);
            // Until a new node has its share it asks the others; its start need not wait for that.
            builder.clustering().stateTransfer().awaitInitialTransfer(false);
            // Sides of a split count for themselves. Afterwards all nodes must have the same copies again: a node whose
            // copy differs from the first owner's would see nobody's tries but its own.
            builder.clustering()
                    .partitionHandling()
                    .whenSplit(PartitionHandling.ALLOW_READ_WRITES)
                    .mergePolicy(MergePolicy.PREFERRED_NON_NULL);
        }
        return builder.build();
    }
}
