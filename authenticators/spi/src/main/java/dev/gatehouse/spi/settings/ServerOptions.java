// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.util.List;
import java.util.stream.Collectors;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import org.keycloak.Config;

/** Reads the {@code --spi-…} options of a provider when the server starts. */
public final class ServerOptions {

    private ServerOptions() {}

    /**
     * The options of one provider.
     *
     * @param place how the options' names begin on the command line, for the message
     * @throws IllegalArgumentException with one sentence, if a value is not accepted: the server must not start on it
     */
    public static Settings read(Config.Scope scope, String place, List<Setting<?>> declared) {
        Settings options = Settings.read(declared, scope::get);
        if (options.problems().isEmpty()) {
            return options;
        }
        throw new IllegalArgumentException("Gatehouse: "
                + options.problems().stream()
                        .map(problem -> place + problem.sentence())
                        .collect(Collectors.joining("; ")));
    }
}
