// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import jakarta.ws.rs.core.Response;
import org.keycloak.representations.idm.ClientRepresentation;

/** A confidential client that talks to the endpoints for programs, from one network address. */
final class Machine {

    /** Of RFC 7636, appendix B: a device of the shipped realm uses PKCE, too. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final Gatehouse gatehouse;
    private final String clientId;
    private final String secret;
    private final String address;

    private Machine(Gatehouse gatehouse, String clientId, String secret, String address) {
        this.gatehouse = gatehouse;
        this.clientId = clientId;
        this.secret = secret;
        this.address = address;
    }

    /** A new client that may use the password grant, its own account, and devices. */
    static Machine create(Gatehouse gatehouse) {
        return create(gatehouse, client -> {});
    }

    /** As {@link #create(Gatehouse)}, for a client that is a little different. */
    static Machine create(Gatehouse gatehouse, Consumer<ClientRepresentation> change) {
        ClientPolicies.allowPasswordGrant(gatehouse.realm());
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("machine-" + UUID.randomUUID());
        client.setSecret(UUID.randomUUID().toString());
        client.setPublicClient(false);
        client.setStandardFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(true);
        client.setServiceAccountsEnabled(true);
        client.setAttributes(Map.of("oauth2.device.authorization.grant.enabled", "true"));
        client.setWebOrigins(List.of("https://spa.example"));
        change.accept(client);
        try (Response response = gatehouse.realm().clients().create(client)) {
            if (response.getStatus() != 201) {
                throw new IllegalStateException("The client was not made: " + response.getStatus());
            }
        }
        return new Machine(gatehouse, client.getClientId(), client.getSecret(), Network.next());
    }

    /** The same client at another network address. */
    Machine at(String other) {
        return new Machine(gatehouse, clientId, secret, other);
    }

    /** The same client, which asks another node. */
    Machine on(Gatehouse node) {
        return new Machine(node, clientId, secret, address);
    }

    /** The same client of somebody who does not know its secret. */
    Machine withoutSecret() {
        return new Machine(gatehouse, clientId, "a guess", address);
    }

    String address() {
        return address;
    }

    Page password(String name, String password) {
        return post("token", Map.of("grant_type", "password", "username", name, "password", password));
    }

    /** With the code of an authenticator app, too. */
    Page password(String name, String password, String code) {
        return post("token", Map.of("grant_type", "password", "username", name, "password", password, "totp", code));
    }

    Page ownToken() {
        return post("token", Map.of("grant_type", "client_credentials"));
    }

    Page refresh(String token) {
        return post("token", Map.of("grant_type", "refresh_token", "refresh_token", token));
    }

    Page introspect(String token) {
        return post("token/introspect", Map.of("token", token));
    }

    Page device() {
        return post("auth/device", Map.of("code_challenge", CHALLENGE, "code_challenge_method", "S256"));
    }

    Page poll(String deviceCode) {
        return post(
                "token",
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "device_code",
                        deviceCode,
                        "code_verifier",
                        VERIFIER));
    }

    private Page post(String endpoint, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("client_id", clientId);
        all.put("client_secret", secret);
        return Browser.fresh()
                .from(address)
                .through(gatehouse.server()::route)
                .requests()
                .with("Accept", "application/json")
                .with("Origin", "https://spa.example")
                .post(URI.create(gatehouse.issuer() + "/protocol/openid-connect/" + endpoint), all);
    }
}
