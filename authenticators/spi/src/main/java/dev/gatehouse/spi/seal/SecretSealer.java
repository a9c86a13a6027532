// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.util.Optional;

import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Seals and opens secrets of a realm, for one request. */
public interface SecretSealer extends Provider {

    /** Whether keys are set for {@code realm}. If not, nothing is sealed and nothing opens. */
    boolean isOn(RealmModel realm);

    /**
     * Seals {@code plain} with the key that seals now; empty while there is none that every live node can open.
     *
     * @param plain from 1 to 1024 bytes
     * @throws SealingUnavailableException if the keys cannot be had
     */
    Optional<Envelope> seal(RealmModel realm, byte[] plain, SealContext context);

    /**
     * What was sealed in {@code context}, or why it cannot be told.
     *
     * @throws SealingUnavailableException if the keys cannot be had
     */
    Opening open(RealmModel realm, Envelope sealed, SealContext context);

    /** Whether {@code sealed} is of the key that seals now; true also while there is none: it need not be sealed again. */
    boolean isCurrent(RealmModel realm, Envelope sealed);

    @Override
    default void close() {}
}
