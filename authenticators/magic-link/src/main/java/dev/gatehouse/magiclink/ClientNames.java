// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import org.keycloak.models.ClientModel;

/** What people call the application that they sign in to. */
final class ClientNames {

    private ClientNames() {}

    /**
     * The client's name; its id where it has no name, or where the name is a message key such as
     * {@code ${client_account}}, which only a theme could resolve.
     */
    static String of(ClientModel client) {
        String name = client.getName();
        String chosen = name == null || name.isBlank() || name.startsWith("${") ? client.getClientId() : name;
        // Keycloak looks for message keys in the arguments of a text, too.
        return chosen.replace("${", "{");
    }
}
