// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.List;

import dev.gatehouse.kit.journey.GatehouseLab;

/** Gives journeys a {@link GatehouseLab}, which starts right for each of them. It is a distribution, whatever is asked for. */
public final class KeycloakLab extends SharedSystem {

    /** JUnit makes it. */
    public KeycloakLab() {
        super(GatehouseLab.class, GatehouseLab::start, List.of(KeycloakServer.ON_ANOTHER_VERSION));
    }
}
