// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.device;

import dev.gatehouse.spi.event.GlobalListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Marks browsers at the end of sign-ins, in realms that switch it on. */
public final class DeviceMarkListenerFactory extends GlobalListenerFactory {

    public static final String PROVIDER_ID = "gatehouse-device-mark";

    /** Keycloak makes it. */
    public DeviceMarkListenerFactory() {
        super(PROVIDER_ID);
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new DeviceMarkListener(session);
    }
}
