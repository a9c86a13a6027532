// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.util.IdentityBrokerState;
import org.keycloak.models.RealmModel;

/** The state that a person comes back with. Only Keycloak decides whether it is the right one. */
final class BrokerState {

    /** OpenID Connect and OAuth 1.0a and 2.0 send the first, SAML 2.0 the second. */
    private static final List<String> PARAMETERS = List.of("state", "RelayState");

    private BrokerState() {}

    /** Whether there is a state that is no state at all. */
    static boolean isUnreadable(MultivaluedMap<String, String> parameters, RealmModel realm) {
        return PARAMETERS.stream()
                .map(parameters::getFirst)
                .anyMatch(state -> state != null && read(state, realm).isEmpty());
    }

    /** The first state; empty without one, and for one that is none. */
    static Optional<IdentityBrokerState> of(MultivaluedMap<String, String> parameters, RealmModel realm) {
        return PARAMETERS.stream()
                .map(parameters::getFirst)
                .filter(state -> state != null)
                .findFirst()
                .flatMap(state -> read(state, realm));
    }

    private static Optional<IdentityBrokerState> read(@Nullable String state, RealmModel realm) {
        try {
            return Optional.of(IdentityBrokerState.encoded(state, realm));
        } catch (IllegalArgumentException e) {
            // Its third part is not Base64url.
            return Optional.empty();
        }
    }
}
