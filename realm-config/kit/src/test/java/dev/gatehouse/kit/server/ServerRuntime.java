// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A way to get a running Keycloak with the kit in it. */
public interface ServerRuntime {

    /** Starts a server and waits until it answers. */
    RunningServer start(ServerSettings settings, Consumer<String> progress) throws StartFailure;

    /** The runtime that {@code -Dgatehouse.server} asks for: {@code distribution}, the default, or {@code container}. */
    static ServerRuntime chosen() {
        String name = nameOfChosen();
        return switch (name) {
            case "distribution" -> distribution();
            case "container" -> new ContainerRuntime();
            default ->
                throw new IllegalArgumentException(
                        "gatehouse.server is \"" + name + "\" but must be distribution or container");
        };
    }

    /** What {@code -Dgatehouse.server} asks for, whether there is such a runtime or not. */
    static String nameOfChosen() {
        return System.getProperty("gatehouse.server", "distribution");
    }

    /** The server's own distribution as a process. */
    static ServerRuntime distribution() {
        return (settings, progress) -> Distribution.prepare(Build.target().resolve("keycloak"), progress)
                .start(settings, progress);
    }

    /** As {@link #distribution}, with jars beside the kit's own. */
    static ServerRuntime distribution(Path folder, List<Path> providers) {
        return (settings, progress) -> Distribution.prepare(folder, Distribution.IN_MEMORY, providers, progress)
                .start(settings, progress);
    }
}
