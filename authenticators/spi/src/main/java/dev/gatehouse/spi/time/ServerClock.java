// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.time;

import java.time.Instant;
import java.time.InstantSource;

import org.keycloak.common.util.Time;

/** Keycloak's own clock: it is the one that its caches and sessions are measured with. */
public final class ServerClock {

    private ServerClock() {}

    public static InstantSource get() {
        return () -> Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
