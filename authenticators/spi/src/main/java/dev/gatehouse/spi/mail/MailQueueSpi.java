// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes the mail queue known to Keycloak, so that all features of the pack share one. */
public final class MailQueueSpi implements Spi {

    static final String NAME = "gatehouse-mail";

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return MailQueue.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // The interface asks for the raw type.
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return MailQueueFactory.class;
    }
}
