// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link SmsSender}. */
public interface SmsSenderFactory extends ProviderFactory<SmsSender> {}
