// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.broker;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What the operator wants of a provider; what is empty stays as it is. {@code toString} never shows the secret.
 *
 * @param kind of the provider
 * @param alias by which the realm knows it
 * @param isEnabled whether people may sign in by it
 * @param clientId whom the other side knows the realm as
 * @param secret the secret of that client, or a reference to a vault
 * @param tenant of Microsoft
 * @param trustEmail whether addresses count as proven
 * @param displayName what people call it
 * @param discovered what the other side says about itself, as entries of the configuration
 */
record Wish(
        Kind kind,
        String alias,
        boolean isEnabled,
        Optional<String> clientId,
        Optional<String> secret,
        Optional<String> tenant,
        Optional<Boolean> trustEmail,
        Optional<String> displayName,
        Map<String, String> discovered) {

    Wish {
        discovered = Map.copyOf(discovered);
    }

    static Optional<String> of(@Nullable String option) {
        return Optional.ofNullable(option).map(String::trim).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "Wish[" + alias + "]";
    }
}
