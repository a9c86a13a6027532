// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link MailQueue}. */
public interface MailQueueFactory extends ProviderFactory<MailQueue> {}
