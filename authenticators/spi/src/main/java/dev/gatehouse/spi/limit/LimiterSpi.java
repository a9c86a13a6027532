// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import dev.gatehouse.spi.pack.OwnSpi;

/** The place of the limiter among Keycloak's kinds of providers. */
public final class LimiterSpi extends OwnSpi {

    public static final String NAME = "gatehouse-limiter";

    /** Keycloak makes it. */
    public LimiterSpi() {
        super(NAME, Limiter.class, LimiterFactory.class);
    }
}
