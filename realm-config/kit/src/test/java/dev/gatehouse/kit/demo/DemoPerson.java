// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import dev.gatehouse.kit.server.RunningServer;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The one user of the demo; the shipped realm has none. */
record DemoPerson(String id, String address, String password) {

    static final String REALM = "gatehouse";
    static final String ADDRESS = "ada@demo.example";

    static DemoPerson create(RunningServer server) {
        String password = randomPassword();
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password);
        credential.setTemporary(false);
        UserRepresentation ada = new UserRepresentation();
        ada.setUsername("ada");
        ada.setEmail(ADDRESS);
        ada.setEmailVerified(true);
        ada.setFirstName("Ada");
        ada.setLastName("Lovelace");
        ada.setEnabled(true);
        ada.setCredentials(List.of(credential));
        try (Keycloak admin = Keycloak.getInstance(
                        server.url().toString(), "master", server.adminUser(), server.adminPassword(), "admin-cli");
                Response response = admin.realm(REALM).users().create(ada)) {
            return new DemoPerson(CreatedResponseUtil.getCreatedId(response), ADDRESS, password);
        } catch (ClientErrorException e) {
            throw new IllegalStateException("Keycloak did not take the demo's user: " + e.getMessage(), e);
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
