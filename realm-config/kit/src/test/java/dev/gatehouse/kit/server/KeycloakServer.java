// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.List;

import dev.gatehouse.kit.journey.Gatehouse;

/** Gives journeys a {@link Gatehouse}: a real Keycloak with the one jar and the shipped realm, and a real mail server. */
public final class KeycloakServer extends SharedSystem {

    /** With -Dkeycloak.version the pack says once, at start, that it was never tried there; that is what it is for. */
    static final String ON_ANOTHER_VERSION = "was never tried on Keycloak";

    /** JUnit makes it. */
    public KeycloakServer() {
        super(Gatehouse.class, () -> Gatehouse.start(ServerRuntime.chosen()), List.of(ON_ANOTHER_VERSION));
    }
}
