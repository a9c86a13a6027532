// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A realm that is looked at.
 *
 * @param source as it is written, with its placeholders
 * @param realm as it is or will be: placeholders have given way to their values
 * @param isFile whether it is a file, as against a realm of a server
 * @param environment the variables that placeholders are replaced with
 * @param known what steps and other providers there are
 * @param declared what the pack declares
 */
record Subject(
        Place source,
        Place realm,
        boolean isFile,
        Function<String, Optional<String>> environment,
        Known known,
        Declared declared) {

    /** Clients that every realm has. Keycloak makes them, and some of what is unsafe in others is how it knows them. */
    private static final Set<String> BUILT_IN =
            Set.of("account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console");

    /** A file, with what the server will put in for its placeholders. */
    static Subject ofFile(
            JsonNode file, Function<String, Optional<String>> environment, Known known, Declared declared) {
        Place realm = Place.root(Placeholders.resolved(file, environment));
        return new Subject(Place.root(file), realm, true, environment, known, declared);
    }

    /** A realm of a server, in the form of a file. */
    static Subject ofServer(JsonNode export, Known known, Declared declared) {
        Place realm = Place.root(export);
        return new Subject(realm, realm, false, name -> Optional.empty(), known, declared);
    }

    /** All clients that sign people or themselves in by OpenID Connect, but for the built-in ones. */
    List<Place> clients() {
        return realm.each("clients").stream()
                .filter(client -> !BUILT_IN.contains(client.text("clientId")))
                .filter(client -> !client.text("protocol").equals("saml"))
                .toList();
    }

    List<Place> identityProviders() {
        return realm.each("identityProviders");
    }
}
