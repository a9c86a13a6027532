// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One node of a {@link Cluster}. What happens to a machine can be done to it; its place stays the same. */
public final class ClusterNode implements RunningServer {

    private static final Pattern SIZE = Pattern.compile("(?m)^vendor_cluster_size\\{[^}]*} (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Path home;
    private final ServerSettings settings;
    private final Seat seat;
    private volatile ServerProcess process;

    private ClusterNode(Path home, ServerSettings settings, Seat seat, ServerProcess process) {
        this.home = home;
        this.settings = settings;
        this.seat = seat;
        this.process = process;
    }

    /** Starts a node, and waits for nothing. */
    static ClusterNode launch(Path home, ServerSettings settings, Seat seat) throws StartFailure {
        return new ClusterNode(home, settings, seat, ServerProcess.launch(home, settings, seat));
    }

    void awaitReady() throws StartFailure {
        process.awaitReady();
    }

    /** Its process is gone at once, as if the power had failed. */
    public void kill() {
        process.kill();
    }

    /** Its process stops in its tracks: it keeps memory and connections, and answers nobody. */
    public void freeze() {
        process.freeze();
    }

    /** Its process goes on, and does not know that time has passed. */
    public void thaw() {
        process.thaw();
    }

    /** Whether it is frozen now. */
    public boolean frozen() {
        return process.frozen();
    }

    /** Ends it if it runs, starts it in its old place, and waits until it is ready. */
    public void restart() throws StartFailure {
        close();
        process = ServerProcess.launch(home, settings, seat);
        process.awaitReady();
    }

    /** How many nodes this one counts in its cluster, itself included; 0 if it does not answer. */
    public int members() {
        HttpRequest request = HttpRequest.newBuilder(management().resolve("/metrics"))
                .timeout(PATIENCE)
                .build();
        try {
            Matcher size = SIZE.matcher(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            return size.find() ? Integer.parseInt(size.group(1)) : 0;
        } catch (IOException e) {
            // Frozen, or not there: it is counted on for nothing.
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a node was asked for its cluster", e);
        }
    }

    Seat seat() {
        return seat;
    }

    @Override
    public URI url() {
        return process.url();
    }

    @Override
    public URI frontend() {
        return process.frontend();
    }

    @Override
    public URI management() {
        return process.management();
    }

    @Override
    public String adminUser() {
        return process.adminUser();
    }

    @Override
    public String adminPassword() {
        return process.adminPassword();
    }

    @Override
    public Path log() {
        return process.log();
    }

    @Override
    public boolean alive() {
        return process.alive();
    }

    @Override
    public void close() {
        process.close();
    }
}
