// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.util.Optional;
import java.util.regex.Pattern;

import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/** What a gateway knows this server by: given as it is, or the name of an entry in the vault of each realm. */
final class GatewaySecret {

    private static final Pattern IN_VAULT = Pattern.compile("\\$\\{vault\\.[^{}]+}");

    private final Concealed option;

    GatewaySecret(Concealed option) {
        this.option = option;
    }

    boolean isSet() {
        return option.isSet();
    }

    /** Whether it is to be looked up, or can stand in a header as it is. */
    boolean isUsable() {
        return isInVault() || !isSet() || GatewayHeaders.isValue(option.text());
    }

    private boolean isInVault() {
        return IN_VAULT.matcher(option.text()).matches();
    }

    /**
     * The secret in the realm of {@code session}; empty if the vault has none there, or one that cannot stand in a header.
     * A line break at its end, which a file easily has, is no part of it.
     */
    Optional<String> in(KeycloakSession session) {
        if (!isInVault()) {
            return Optional.of(option.text());
        }
        try (VaultStringSecret found = session.vault().getStringSecret(option.text())) {
            return found.get().map(String::strip).filter(GatewayHeaders::isValue);
        }
    }

    @Override
    public String toString() {
        return option.toString();
    }
}
