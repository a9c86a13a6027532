// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import dev.gatehouse.spi.pack.OwnSpi;

/** Sealing as a kind of provider: another jar can bring a sealer of its own. */
public final class SecretSealerSpi extends OwnSpi {

    static final String NAME = "gatehouse-sealer";

    /** Keycloak makes it. */
    public SecretSealerSpi() {
        super(NAME, SecretSealer.class, SecretSealerFactory.class);
    }
}
