// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import org.infinispan.Cache;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.types.java.CommonTypesSchema;
import org.infinispan.remoting.transport.Transport;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.protocols.DISCARD;

/** A node with real caches. Nodes of one cluster meet inside this process, without a network. */
final class CacheNode implements AutoCloseable {

    private static final String PROTOCOLS = """
            <config xmlns="urn:org:jgroups">
              <SHARED_LOOPBACK bind_addr="127.0.0.1"/>
              <SHARED_LOOPBACK_PING/>
              <DISCARD/>
              <pbcast.NAKACK2/>
              <UNICAST3/>
              <pbcast.STABLE/>
              <pbcast.GMS join_timeout="500" print_local_addr="false"/>
              <UFC/>
              <MFC/>
              <FRAG4/>
            </config>
            """;

    /** Failures are made on purpose here, and tests see them. */
    private static final Logger LOG = Logger.getLogger("org.infinispan");

    private final EmbeddedCacheManager manager;

    private CacheNode(GlobalConfigurationBuilder global) {
        LOG.setLevel(Level.OFF);
        global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
        // Named, so that it does not look for those of Keycloak's own entities, which need all of Keycloak.
        global.serialization().addContextInitializer(new CommonTypesSchema());
        this.manager = new DefaultCacheManager(global.build());
    }

    /** A node that knows of no other. */
    static CacheNode alone() {
        return new CacheNode(new GlobalConfigurationBuilder().nonClusteredDefault());
    }

    /** A node that joins {@code cluster}. It notices no frozen node. */
    static CacheNode in(String cluster, String name) {
        GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
        global.transport()
                .clusterName(cluster)
                .nodeName(name)
                .addProperty(JGroupsTransport.CONFIGURATION_XML, PROTOCOLS);
        return new CacheNode(global);
    }

    EmbeddedCacheManager manager() {
        return manager;
    }

    PermitStore store(InstantSource clock) {
        return store(clock, 10_000);
    }

    PermitStore store(InstantSource clock, int most) {
        Map<Bucket.Area, Integer> counters =
                Arrays.stream(Bucket.Area.values()).collect(Collectors.toMap(area -> area, area -> most));
        return new InfinispanPermitStore(InfinispanCaches.open(manager, counters), clock, new SecureRandom());
    }

    Cache<String, String> counters(Bucket.Area area) {
        return manager.getCache(InfinispanCaches.name(area));
    }

    /** Nothing reaches the node any more, and nothing comes from it; the others believe that it is there. */
    void freeze() {
        network().discardAll(true);
    }

    void thaw() {
        network().discardAll(false);
    }

    private DISCARD network() {
        JGroupsTransport transport = (JGroupsTransport) GlobalComponentRegistry.componentOf(manager, Transport.class);
        return transport.getChannel().getProtocolStack().findProtocol(DISCARD.class);
    }

    /** Waits until {@code nodes} share {@code area}, with all that was to be moved moved. */
    void awaitOwners(Bucket.Area area, int nodes) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            var topology =
                    counters(area).getAdvancedCache().getDistributionManager().getCacheTopology();
            if (topology.getPendingCH() == null
                    && topology.getReadConsistentHash().getMembers().size() == nodes) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no quiet cluster of " + nodes + ": " + topology);
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        try {
            manager.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
