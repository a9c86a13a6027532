// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.probe.ProbeJar;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Cluster;
import dev.gatehouse.kit.server.ClusterNode;
import dev.gatehouse.kit.server.RunningSystem;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import dev.gatehouse.redis.RedisServer;

/** The running system with more than one node: one realm and one mail server, seen through the node that one chooses. */
public final class GatehouseCluster implements RunningSystem {

    private final Cluster cluster;
    private final List<Gatehouse> views;
    private final List<KeyRingFile> rings;
    private final Optional<RedisServer> redis;

    private GatehouseCluster(MailServer mail, Cluster cluster, List<KeyRingFile> rings, Optional<RedisServer> redis) {
        this.cluster = cluster;
        this.rings = rings;
        this.redis = redis;
        this.views =
                cluster.nodes().stream().map(node -> new Gatehouse(mail, node)).toList();
    }

    public static GatehouseCluster start() {
        MailServer mail = MailServer.start();
        Optional<RedisServer> redis = RedisServer.executable().map(path -> RedisServer.start());
        List<String> options = new ArrayList<>(ServerSettings.BEHIND_A_PROXY);
        redis.ifPresent(server -> options.add("--spi-gatehouse-permit-store--gatehouse-redis--url=" + server.url()));
        List<KeyRingFile> rings = Stream.of("first", "second")
                .map(node -> KeyRingFile.at(Build.target().resolve("rings/" + node)))
                .toList();
        KeyRingFile.hold(rings, "k1");
        boolean complete = false;
        try {
            Cluster cluster = Cluster.start(
                    Gatehouse.environment(mail),
                    node -> Stream.concat(
                                    options.stream(), Stream.of(rings.get(node).option()))
                            .toList(),
                    List.of(ProbeJar.in(Build.target().resolve("probe")), Build.redisJar()),
                    step -> System.out.println("[kit] " + step));
            complete = true;
            return new GatehouseCluster(mail, cluster, rings, redis);
        } catch (StartFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            if (!complete) {
                redis.ifPresent(RedisServer::close);
                mail.close();
            }
        }
    }

    /** The Redis that the nodes can count in, where one is installed. */
    public Optional<RedisServer> redis() {
        return redis;
    }

    /** The keys for secrets: a file for each node. */
    List<KeyRingFile> rings() {
        return rings;
    }

    /** The nodes as machines that can fail. */
    public Cluster cluster() {
        return cluster;
    }

    /** One of the nodes; the first is 0. */
    public ClusterNode node(int index) {
        return cluster.node(index);
    }

    /**
     * The system as it is through this node: its administrator asks this node, and its apps send their requests and
     * the browsers of people there. A browser that no app sent anywhere, such as one for a link in a mail, goes to the
     * first node; any can be {@linkplain dev.gatehouse.kit.browser.Browser#through sent through another}.
     */
    public Gatehouse on(int index) {
        return views.get(index);
    }

    @Override
    public List<ClusterNode> servers() {
        return cluster.nodes();
    }

    @Override
    public void heal() throws StartFailure {
        cluster.heal();
    }

    @Override
    public void close() {
        views.forEach(Gatehouse::close);
        cluster.close();
        redis.ifPresent(RedisServer::close);
    }
}
