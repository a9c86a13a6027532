// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The place that one server takes on this machine, on loopback only. It stays the same when the server starts again.
 *
 * @param url where it listens
 * @param management where it tells how it is
 * @param frontend the address in its pages, cookies and tokens
 * @param adminPassword the password of the administrator that the first start makes
 * @param log the file that gets everything it writes
 * @param membership the options that say whether it stands alone
 */
record Seat(URI url, URI management, URI frontend, String adminPassword, Path log, List<String> membership) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** JGroups listens at a second port, to notice a peer that is gone: its first one plus this, counted round. */
    private static final int WATCH = 50_000;

    private static final int PORTS = 65_536;

    Seat {
        membership = List.copyOf(membership);
    }

    /** For a server that has no other beside it; a port of 0 means any free one. */
    static Seat alone(int port) throws IOException {
        URI url = loopback(port == 0 ? freePort() : port);
        return new Seat(url, loopback(freePort()), url, password(), newLog(), List.of("--cache=local"));
    }

    /** For the first node of a cluster. The stack, jdbc-ping with mTLS, is the one that Keycloak chooses itself. */
    static Seat first() throws IOException {
        URI url = loopback(freePort());
        return new Seat(url, loopback(freePort()), url, password(), newLog(), member());
    }

    /** For one more node of the same cluster: another place, one address and one administrator. */
    Seat next() throws IOException {
        return new Seat(loopback(freePort()), loopback(freePort()), frontend, adminPassword, newLog(), member());
    }

    private static List<String> member() throws IOException {
        return List.of(
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + freePortPair());
    }

    /** The options that put a server here. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + url.getPort(),
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + management.getPort(),
                "--hostname=" + frontend));
        options.addAll(membership);
        return options;
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = listen(0)) {
            return socket.getLocalPort();
        }
    }

    /** A free port whose companion is free too. */
    private static int freePortPair() throws IOException {
        int port = freePort();
        while (!isFree((port + WATCH) % PORTS)) {
            port = freePort();
        }
        return port;
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = listen(port)) {
            return socket.getLocalPort() == port;
        } catch (BindException e) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private static String password() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A new file for what a server writes. */
    private static Path newLog() throws IOException {
        Path log = Build.target().resolve("server-logs").resolve("keycloak-" + COUNT.incrementAndGet() + ".log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "");
        return log;
    }
}
