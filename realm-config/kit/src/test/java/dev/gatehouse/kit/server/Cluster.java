// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Two nodes of one Keycloak on one PostgreSQL, as they stand in two machines: each finds the other in the database, and
 * they share caches over encrypted connections.
 *
 * <p>Both put the same address in pages and tokens, that of the first. {@link ClusterNode#route} says where a request
 * has to go so that one of them gets it: what a load balancer in front of them would decide.
 *
 * <p>A node that was killed is missed within a second. One that is frozen is missed after 40 to 50 seconds, and needs
 * as long again to be taken back when it is let go; until it is missed, the other one waits for it.
 */
public final class Cluster implements AutoCloseable {

    private static final int SIZE = 2;
    private static final Duration HEALING = Duration.ofMinutes(4);

    private final Postgres database;
    private final List<ClusterNode> nodes = new CopyOnWriteArrayList<>();

    private Cluster(Postgres database) {
        this.database = database;
        // Of a run that is cut off nothing may stay behind, least of all a process that is frozen and hears no signal.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes.forEach(ClusterNode::kill), "end of the cluster"));
    }

    /**
     * Starts a cluster with the shipped realm and waits until its nodes know each other.
     *
     * @param environment variables added to the processes' own
     * @param options further options of {@code kc.sh start}, for each node by its index
     * @param providers jars beside the kit's own
     */
    public static Cluster start(
            Map<String, String> environment,
            IntFunction<List<String>> options,
            List<Path> providers,
            Consumer<String> progress)
            throws StartFailure {
        // Nodes can share a home: what they both write there is the folder of the transaction log, which stays empty
        // without XA, and compressed copies of theme files, which are the same from both.
        Path home = Distribution.prepare(
                        Build.target().resolve("keycloak-postgres"), Distribution.ON_POSTGRES, providers, progress)
                .home();
        progress.accept("Starting PostgreSQL ...");
        Cluster cluster = new Cluster(Postgres.start("cluster"));
        boolean complete = false;
        try {
            cluster.join(home, environment, options, progress);
            cluster.awaitMembers(SIZE, HEALING);
            complete = true;
            return cluster;
        } finally {
            if (!complete) {
                cluster.close();
            }
        }
    }

    /** The first node makes the tables and imports the realm; each further one starts when the last one is ready. */
    private void join(
            Path home, Map<String, String> environment, IntFunction<List<String>> options, Consumer<String> progress)
            throws StartFailure {
        try {
            while (nodes.size() < SIZE) {
                progress.accept("Starting Keycloak, node " + (nodes.size() + 1) + " of " + SIZE + " ...");
                boolean first = nodes.isEmpty();
                List<String> all = new ArrayList<>(database.options());
                all.addAll(options.apply(nodes.size()));
                Seat seat = first ? Seat.first() : nodes.get(0).seat().next();
                ServerSettings settings = new ServerSettings(0, environment, first, all);
                ClusterNode node = ClusterNode.launch(home, settings, seat);
                nodes.add(node);
                node.awaitReady();
            }
        } catch (IOException e) {
            throw new StartFailure("There is no port for a node: " + e.getMessage(), e);
        }
    }

    /** All nodes, whether they run or not. */
    public List<ClusterNode> nodes() {
        return List.copyOf(nodes);
    }

    /** One node; the first is 0, and its address is the one that all put in pages and tokens. */
    public ClusterNode node(int index) {
        return nodes.get(index);
    }

    /** What the nodes have stored, or store now. */
    public Database stored() {
        return database.stored();
    }

    /** Waits until each node that runs and is not frozen counts this many members. */
    public void awaitMembers(int members, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!agreed(members)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not " + members + " members within " + timeout + ": the nodes count "
                        + nodes.stream().map(ClusterNode::members).toList());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(250);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while nodes came or went", e);
            }
        }
    }

    private boolean agreed(int members) {
        return nodes.stream()
                .filter(node -> node.alive() && !node.frozen())
                .allMatch(node -> node.members() == members);
    }

    /** Lets go what is frozen, starts what does not run, and waits until all nodes know each other again. */
    public void heal() throws StartFailure {
        // First these: one that starts would wait for one that is frozen.
        nodes.stream().filter(ClusterNode::frozen).forEach(ClusterNode::thaw);
        for (ClusterNode node : nodes) {
            if (!node.alive()) {
                node.restart();
            }
        }
        awaitMembers(SIZE, HEALING);
    }

    /** Ends all nodes, whatever state they are in, and the database. */
    @Override
    public void close() {
        nodes.forEach(ClusterNode::close);
        database.close();
    }
}
