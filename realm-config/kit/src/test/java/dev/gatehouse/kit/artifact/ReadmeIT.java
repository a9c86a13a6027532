// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says of options is what the jar does. */
class ReadmeIT {

    @Test
    void everyOptionStandsInTheReadmeAsTheConsoleShowsIt() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            List<String> rows = Stream.concat(
                            StepOptions.of(server).stream(), StepOptions.ofTheMailQueue(server).stream())
                    .map(StepOptions.Option::row)
                    .toList();

            assertThat(readme).contains(rows);
        }
    }
}
