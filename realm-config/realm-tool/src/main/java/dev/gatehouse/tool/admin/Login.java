// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who speaks to the server. {@code toString} never shows the secret.
 *
 * @param realm the realm in which the account or the client is
 * @param form the parameters of the request for a token
 */
public record Login(String realm, Map<String, String> form) {

    /** A person, by the client that every realm has for it. */
    public static Login ofUser(String realm, String name, String password) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("client_id", "admin-cli");
        form.put("username", name);
        form.put("password", password);
        return new Login(realm, form);
    }

    /** A confidential client with a service account. */
    public static Login ofClient(String realm, String clientId, String secret) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_secret", secret);
        return new Login(realm, form);
    }

    @Override
    public String toString() {
        return "Login[" + form.getOrDefault("username", form.getOrDefault("client_id", "")) + " of " + realm + "]";
    }
}
