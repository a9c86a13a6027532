// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.util.List;
import java.util.stream.Stream;

/** The options of our steps and providers, asked from the jar's own factories. */
final class StepOptions {

    private static final List<String> DECLARED_FOR_REALMS = List.of(
            "dev.gatehouse.spi.limit.RealmLimits",
            "dev.gatehouse.magiclink.FirstProofSettings",
            "dev.gatehouse.magiclink.MintSettings");

    private StepOptions() {}

    /** One option as the admin console shows it. */
    record Option(String key, String label, String help, String defaultText) {

        /** The option as a row of a table of the README. */
        String row() {
            return "| `" + key + "` | " + defaultText + " | " + help + " |";
        }
    }

    /** The options of the step for sign-in links. */
    static List<Option> ofMagicLink(ServerClasses server) {
        return of(server, "dev.gatehouse.magiclink.MagicLinkAuthenticatorFactory");
    }

    /** The options of a step, or of a provider of the server. */
    static List<Option> of(ServerClasses server, String factory) {
        Object instance = server.instance(factory);
        return Stream.of("getConfigProperties", "getConfigMetadata")
                .flatMap(method -> ServerClasses.callIfThere(instance, method).stream())
                .flatMap(properties -> options(properties).stream())
                .toList();
    }

    /** The realm attributes that the pack declares. */
    static List<Option> ofTheRealm(ServerClasses server) {
        return DECLARED_FOR_REALMS.stream()
                .map(owner -> server.constant(owner, "ALL"))
                .map(settings -> server.apply("dev.gatehouse.spi.settings.ConsoleForm", "of", List.class, settings))
                .flatMap(properties -> options(properties).stream())
                .toList();
    }

    private static List<Option> options(Object properties) {
        return ((List<?>) properties)
                .stream()
                        .map(property -> new Option(
                                ServerClasses.call(property, "getName").toString(),
                                ServerClasses.call(property, "getLabel").toString(),
                                ServerClasses.call(property, "getHelpText").toString(),
                                ServerClasses.call(property, "getDefaultValue").toString()))
                        .toList();
    }
}
