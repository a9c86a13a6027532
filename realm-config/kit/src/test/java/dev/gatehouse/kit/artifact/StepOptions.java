// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The options of our steps and providers, asked from the jar's own factories. */
final class StepOptions {

    private static final String DECLARATIONS = "dev.gatehouse.core.settings.Declarations";

    /** Keycloak's own, which every protocol mapper has: in which tokens the claim stands. */
    private static final String IN_TOKENS = ".claim";

    /** Keycloak's own, of the required action that ours takes the place of. */
    private static final Set<String> OF_THE_ACTION = Set.of("max_auth_age", "add-recovery-codes");

    private StepOptions() {}

    /** One option as the admin console shows it. */
    record Option(String key, String label, String help, String defaultText) {

        /** The option as a row of a table of the README. */
        String row() {
            return "| `" + key + "` | " + defaultText + " | " + help + " |";
        }
    }

    /** The options of a step, or of a provider of the server. */
    static List<Option> of(ServerClasses server, String factory) {
        Object instance = server.instance(factory);
        return Stream.of("getConfigProperties", "getConfigMetadata")
                .flatMap(method -> ServerClasses.callIfThere(instance, method).stream())
                .flatMap(properties -> options(properties).stream())
                .filter(option -> !option.key().endsWith(IN_TOKENS) && !OF_THE_ACTION.contains(option.key()))
                .toList();
    }

    /** The realm attributes that the pack declares. */
    static List<Option> ofTheRealm(ServerClasses server) {
        Object settings = server.apply(DECLARATIONS, "allRealmSettings", ClassLoader.class, server.loader());
        return options(server.apply("dev.gatehouse.spi.settings.ConsoleForm", "of", List.class, settings));
    }

    /** What every part of the pack declares of its providers, by their ids. */
    static Map<String, List<Option>> byProvider(ServerClasses server) {
        Map<String, List<Option>> byProvider = new TreeMap<>();
        Map<?, ?> declared =
                (Map<?, ?>) server.apply(DECLARATIONS, "allProviderSettings", ClassLoader.class, server.loader());
        declared.forEach((provider, settings) -> byProvider.put(
                provider.toString(),
                options(server.apply("dev.gatehouse.spi.settings.ConsoleForm", "of", List.class, settings))));
        return byProvider;
    }

    private static List<Option> options(Object properties) {
        return ((List<?>) properties)
                .stream()
                        .map(property -> new Option(
                                ServerClasses.call(property, "getName").toString(),
                                ServerClasses.call(property, "getLabel").toString(),
                                ServerClasses.call(property, "getHelpText").toString(),
                                String.valueOf(ServerClasses.call(property, "getDefaultValue"))))
                        .toList();
    }
}
