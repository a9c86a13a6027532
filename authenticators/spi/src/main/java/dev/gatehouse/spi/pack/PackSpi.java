// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

/** Gives the pack a place in the server's start, before any realm is imported. */
public final class PackSpi extends OwnSpi {

    /** Keycloak makes it. */
    public PackSpi() {
        super("gatehouse", Pack.class, PackFactory.class);
    }
}
