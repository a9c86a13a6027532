// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the build left what the journeys and the demo run on. */
public final class Build {

    private Build() {}

    /** The kit's build folder. */
    public static Path target() {
        return Path.of(System.getProperty("gatehouse.build", "target")).toAbsolutePath();
    }

    /** The one jar. */
    public static Path jar() {
        return target().resolve("gatehouse.jar");
    }

    /** The optional jar for a store on Redis. */
    public static Path redisJar() {
        return target().resolve("gatehouse-redis.jar");
    }

    /** The zip that unpacks over a Keycloak home. */
    public static Path kit() {
        return target().resolve("gatehouse-kit.zip");
    }

    /** Keycloak's own distribution, as the registry has it. */
    public static Path keycloakZip() {
        Path folder = target().resolve("server");
        String wanted = "keycloak-quarkus-dist-" + keycloakVersion() + ".zip";
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> zips = files.filter(file -> file.getFileName().toString().equals(wanted))
                    .toList();
            if (zips.isEmpty()) {
                throw new IllegalStateException(folder + " has no " + wanted + ": run the Maven build first");
            }
            return zips.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder + ": run the Maven build first", e);
        }
    }

    /** The Keycloak version under test. */
    public static String keycloakVersion() {
        return System.getProperty("gatehouse.keycloak.version", "26.7.3");
    }
}
