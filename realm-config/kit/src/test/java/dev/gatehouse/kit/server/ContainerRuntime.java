// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.function.Consumer;

/** Keycloak's official image in a container, by {@code testcontainers-keycloak}. */
final class ContainerRuntime implements ServerRuntime {

    @Override
    public RunningServer start(ServerSettings settings, Consumer<String> progress) throws StartFailure {
        throw new StartFailure("The container runtime comes last", "");
    }
}
