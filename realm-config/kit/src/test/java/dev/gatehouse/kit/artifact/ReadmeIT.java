// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.gatehouse.kit.server.Build;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says of options is what the jar does. */
class ReadmeIT {

    private final Archive jar = Archive.of(Build.jar());

    @Test
    void everyOptionStandsInTheReadmeAsTheConsoleShowsIt() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            List<String> rows = Stream.concat(
                            jar.factories().flatMap(factory -> StepOptions.of(server, factory).stream()),
                            StepOptions.ofTheRealm(server).stream())
                    .map(StepOptions.Option::row)
                    .distinct()
                    .toList();

            assertThat(readme).contains(rows);
        }
    }
}
