// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import dev.gatehouse.spi.pack.OwnSpi;

/** Makes the sender of text messages known to Keycloak, so that a deployment can bring its own. */
public final class SmsSpi extends OwnSpi {

    static final String NAME = "gatehouse-sms";

    /** Keycloak makes it. */
    public SmsSpi() {
        super(NAME, SmsSender.class, SmsSenderFactory.class);
    }
}
