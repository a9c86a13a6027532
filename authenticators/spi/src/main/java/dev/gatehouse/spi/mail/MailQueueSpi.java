// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import dev.gatehouse.spi.pack.OwnSpi;

/** Makes the mail queue known to Keycloak, so that all features of the pack share one. */
public final class MailQueueSpi extends OwnSpi {

    static final String NAME = "gatehouse-mail";

    /** Keycloak makes it. */
    public MailQueueSpi() {
        super(NAME, MailQueue.class, MailQueueFactory.class);
    }
}
