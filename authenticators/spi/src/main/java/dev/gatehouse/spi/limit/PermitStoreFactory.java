// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import dev.gatehouse.core.limit.PermitStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * A kind of store for permits. Its id is {@code gatehouse-} and the name that the limiter's option {@code store} takes.
 */
public interface PermitStoreFactory extends ProviderFactory<PermitStoreProvider> {

    /**
     * Opens the store, once, when the server has started and if this kind was chosen. It must not wait for a store that
     * is away: the permits' methods tell that.
     */
    PermitStore open(KeycloakSessionFactory factory);

    /** Keycloak asks every factory for providers; a store is only asked for by the limiter, through {@link #open}. */
    @Override
    default PermitStoreProvider create(KeycloakSession session) {
        return () -> open(session.getKeycloakSessionFactory());
    }
}
