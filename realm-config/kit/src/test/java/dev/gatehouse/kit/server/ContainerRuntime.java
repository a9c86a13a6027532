// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/**
 * Keycloak's official image in a container, by {@code testcontainers-keycloak}, with the kit's files copied into it.
 *
 * <p>The container is in the host's network, so that it listens on loopback only and reaches a mail server that does
 * too. That works with a Docker engine on Linux.
 */
final class ContainerRuntime implements ServerRuntime {

    private static final Duration START = Duration.ofMinutes(8);

    @Override
    public RunningServer start(ServerSettings settings, Consumer<String> progress) throws StartFailure {
        progress.accept("Starting Keycloak in a container ...");
        try {
            Seat seat = Seat.alone(settings.port());
            KeycloakContainer container = container(settings, seat);
            try {
                container.start();
            } catch (ContainerLaunchException e) {
                container.close();
                throw new StartFailure(
                        "Keycloak's container did not start: " + ServerProcess.lastError(seat.log()),
                        Files.readString(seat.log()));
            }
            return new RunningContainer(container, seat);
        } catch (IOException e) {
            throw new StartFailure("Keycloak's container could not be started: " + e.getMessage(), e);
        }
    }

    // The one that starts it closes it.
    @SuppressWarnings("resource")
    private static KeycloakContainer container(ServerSettings settings, Seat seat) {
        KeycloakContainer container = new LoopbackContainer("quay.io/keycloak/keycloak:" + Build.keycloakVersion())
                .withProductionMode()
                .withAdminUsername("admin")
                .withAdminPassword(seat.adminPassword())
                .withProviderLibsFrom(List.of(Build.jar().toFile()))
                .withEnv(settings.environment())
                .withNetworkMode("host")
                .withLogConsumer(frame -> append(seat.log(), frame))
                .withStartupTimeout(START)
                .waitingFor(Wait.forLogMessage(".*Bootstrap completed in.*", 1).withStartupTimeout(START));
        if (settings.importRealm()) {
            // The container always asks for an import; without the file there is nothing to import.
            container.withCopyFileToContainer(
                    MountableFile.forHostPath(Build.target().resolve("realm/gatehouse.json")),
                    "/opt/keycloak/data/import/gatehouse.json");
        }
        options(settings, seat).forEach(container::withCustomCommand);
        return container;
    }

    private static List<String> options(ServerSettings settings, Seat seat) {
        List<String> options = new ArrayList<>(List.of("--db=dev-mem", "--metrics-enabled=true"));
        options.addAll(seat.options());
        options.addAll(settings.options());
        return options;
    }

    private static synchronized void append(Path log, OutputFrame frame) {
        try {
            Files.writeString(
                    log,
                    frame.getUtf8String(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Cannot write the server's log " + log, e);
        }
    }

    /** A container without mapped ports: in the host's network there are none, and waiting for them would not end. */
    private static final class LoopbackContainer extends KeycloakContainer {

        LoopbackContainer(String image) {
            super(image);
        }

        @Override
        protected void configure() {
            super.configure();
            setExposedPorts(List.of());
        }
    }

    private record RunningContainer(KeycloakContainer container, Seat seat) implements RunningServer {

        @Override
        public URI url() {
            return seat.url();
        }

        @Override
        public URI frontend() {
            return seat.frontend();
        }

        @Override
        public URI management() {
            return seat.management();
        }

        @Override
        public String adminUser() {
            return "admin";
        }

        @Override
        public String adminPassword() {
            return seat.adminPassword();
        }

        @Override
        public Path log() {
            return seat.log();
        }

        @Override
        public boolean alive() {
            return container.isRunning();
        }

        @Override
        public void close() {
            container.close();
        }
    }
}
