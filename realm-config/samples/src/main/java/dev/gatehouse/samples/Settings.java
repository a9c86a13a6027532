// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gatehouse.verifier.TokenVerifier;

/** What the environment says. A value that is missing or wrong is an {@link IllegalArgumentException} of one sentence. */
record Settings(TokenVerifier verifier, List<String> origins, int port) {

    static final String ISSUER = "GATEHOUSE_ISSUER";
    static final String AUDIENCE = "GATEHOUSE_AUDIENCE";
    static final String ORIGINS = "GATEHOUSE_APP_ORIGINS";
    static final String PORT = "GATEHOUSE_PORT";

    static Settings of(Map<String, String> environment) {
        List<String> origins = origins(environment.getOrDefault(ORIGINS, ""));
        TokenVerifier verifier;
        try {
            verifier = KitRealm.verifier(required(environment, ISSUER), required(environment, AUDIENCE))
                    .allowedOrigins(origins)
                    .build();
        } catch (IllegalArgumentException e) {
            // The verifier names the value and the rule, but not where here the value comes from.
            throw new IllegalArgumentException(
                    "The environment (" + ISSUER + ", " + AUDIENCE + ", " + ORIGINS + ") is wrong: " + e.getMessage()
                            + ".",
                    e);
        }
        return new Settings(verifier, origins, port(environment.getOrDefault(PORT, "8090")));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must be set");
        }
        return value;
    }

    private static List<String> origins(String list) {
        List<String> origins = new ArrayList<>();
        for (String origin : list.split(",", -1)) {
            if (!origin.isBlank()) {
                origins.add(origin.strip());
            }
        }
        return List.copyOf(origins);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // The sentence below fits a text that is no number as well.
        }
        throw new IllegalArgumentException(PORT + " '" + text + "' must be a number from 0 to 65535.");
    }
}
