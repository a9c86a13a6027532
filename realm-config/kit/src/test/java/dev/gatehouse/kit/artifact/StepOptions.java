// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.util.List;

/** The options of our steps and providers, asked from the jar's own factories. */
final class StepOptions {

    private StepOptions() {}

    /** One option as the admin console shows it. */
    record Option(String key, String label, String help, String defaultText) {

        /** The option as a row of a table of the README. */
        String row() {
            return "| `" + key + "` | " + defaultText + " | " + help + " |";
        }
    }

    /** The options of the step for sign-in links. */
    static List<Option> of(ServerClasses server) {
        return options(server.instance("dev.gatehouse.magiclink.MagicLinkAuthenticatorFactory"), "getConfigProperties");
    }

    /** The server options of the mail queue. */
    static List<Option> ofTheMailQueue(ServerClasses server) {
        return options(server.instance("dev.gatehouse.spi.mail.BoundedMailQueueFactory"), "getConfigMetadata");
    }

    private static List<Option> options(Object factory, String method) {
        return ((List<?>) ServerClasses.call(factory, method))
                .stream()
                        .map(property -> new Option(
                                ServerClasses.call(property, "getName").toString(),
                                ServerClasses.call(property, "getLabel").toString(),
                                ServerClasses.call(property, "getHelpText").toString(),
                                ServerClasses.call(property, "getDefaultValue").toString()))
                        .toList();
    }
}
