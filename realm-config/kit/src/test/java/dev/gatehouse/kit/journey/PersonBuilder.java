// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Describes an account; every one that is created has a name of its own, so journeys do not meet. */
public final class PersonBuilder {

    private static final String PASSWORD = "correct horse battery staple";

    private final RealmResource realm;
    private final UserRepresentation user = new UserRepresentation();

    public PersonBuilder(RealmResource realm) {
        String name = "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        this.realm = realm;
        user.setUsername(name);
        user.setEmail(name + "@people.example");
        user.setFirstName("Pat");
        user.setLastName("Person");
        user.setEmailVerified(true);
        user.setEnabled(true);
    }

    public PersonBuilder withUnverifiedAddress() {
        user.setEmailVerified(false);
        return this;
    }

    public PersonBuilder named(String username) {
        user.setUsername(username);
        return this;
    }

    public PersonBuilder withAddress(String address) {
        user.setEmail(address);
        return this;
    }

    public PersonBuilder disabled() {
        user.setEnabled(false);
        return this;
    }

    public PersonBuilder speaking(String language) {
        user.singleAttribute("locale", language);
        return this;
    }

    public Person create() {
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(PASSWORD);
        password.setTemporary(false);
        user.setCredentials(List.of(password));
        try (Response response = realm.users().create(user)) {
            String id = CreatedResponseUtil.getCreatedId(response);
            return new Person(id, user.getUsername(), user.getEmail(), PASSWORD);
        }
    }
}
