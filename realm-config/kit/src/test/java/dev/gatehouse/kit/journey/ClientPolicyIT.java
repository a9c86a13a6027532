// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.KeycloakServer;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientInitialAccessCreatePresentation;
import org.keycloak.representations.idm.ClientRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client policies of the shipped realm at both doors by which clients come in: the Admin API, which the console uses,
 * and dynamic registration.
 */
@ExtendWith(KeycloakServer.class)
class ClientPolicyIT {

    private static final String GOOD = "https://app.example/callback";
    private static final String PKCE = "pkce.code.challenge.method";
    private static final String TYPED = "access.token.header.type.rfc9068";

    private final Gatehouse gatehouse;
    private final HttpClient http = HttpClient.newHttpClient();

    ClientPolicyIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @BeforeEach
    @AfterEach
    void nobodyHasThePasswordGrant() {
        ClientPolicies.forbidPasswordGrant(gatehouse.realm());
    }

    private static ClientRepresentation client(String... redirectUris) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("client-" + UUID.randomUUID());
        client.setPublicClient(true);
        client.setRedirectUris(List.of(redirectUris));
        client.setAttributes(new HashMap<>());
        return client;
    }

    /** What the server made of a client that the Admin API was given. */
    private ClientRepresentation made(ClientRepresentation client) {
        try (Response response = gatehouse.realm().clients().create(client)) {
            assertThat(response.getStatus()).as(client.getClientId()).isEqualTo(201);
            return gatehouse
                    .realm()
                    .clients()
                    .get(CreatedResponseUtil.getCreatedId(response))
                    .toRepresentation();
        }
    }

    private void assertRefused(ClientRepresentation client) {
        try (Response response = gatehouse.realm().clients().create(client)) {
            assertThat(response.getStatus())
                    .as(client.getRedirectUris().toString())
                    .isEqualTo(400);
            assertThat(response.readEntity(String.class)).contains("Redirect Uri");
        }
        assertThat(gatehouse.realm().clients().findByClientId(client.getClientId()))
                .isEmpty();
    }

    /** What a client that registers itself is told. */
    private HttpResponse<String> register(Map<String, Object> metadata) {
        String token = gatehouse
                .realm()
                .clientInitialAccess()
                .create(new ClientInitialAccessCreatePresentation(60, 1))
                .getToken();
        return post(metadata, token);
    }

    private HttpResponse<String> post(Map<String, Object> metadata, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(gatehouse.issuer() + "/clients-registrations/openid-connect"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(metadata)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a client registered", e);
        }
    }

    private static Map<String, Object> metadata(String redirectUri) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("client_name", "An app");
        metadata.put("redirect_uris", List.of(redirectUri));
        return metadata;
    }

    private ClientRepresentation registered(Map<String, Object> metadata) {
        HttpResponse<String> answer = register(metadata);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode json = Json.parse(answer.body());
        return gatehouse
                .realm()
                .clients()
                .findByClientId(json.get("client_id").asText())
                .get(0);
    }

    private static void assertKeepsToTheBaseline(ClientRepresentation client) {
        assertThat(client.isImplicitFlowEnabled()).isFalse();
        assertThat(client.isDirectAccessGrantsEnabled()).isFalse();
        assertThat(client.getAttributes()).containsEntry(PKCE, "S256").containsEntry(TYPED, "true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://app.example/*",
                "https://app.example*",
                "https://*.app.example/callback",
                "http://*/callback",
                "https://app.example/callback#part",
                "http://app.example/callback",
                "http://10.0.0.1/callback",
                "http://localhost/callback",
                "https://localhost/callback",
                "http://127.0.0.1:8080/callback",
                "http://127.0.0.1/*",
                "myapp:/callback",
                "myapp://callback",
                "javascript:alert(1)",
                "data:text/html,x",
                "/callback",
                "",
            })
    void aClientWithALooseOrUnprotectedAddressIsRefusedAtBothDoors(String address) {
        assertRefused(client(address));
        assertRefused(client(GOOD, address));

        assertRegistrationRefused(metadata(address));
    }

    private void assertRegistrationRefused(Map<String, Object> metadata) {
        HttpResponse<String> answer = register(metadata);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD,
                "https://app.example:8443/callback?x=y",
                "http://127.0.0.1/callback",
                "http://[::1]/callback",
                "com.example.app:/callback"
            })
    void aClientWithAnExactAddressIsTakenAtBothDoorsAndKeepsToTheBaseline(String address) {
        assertKeepsToTheBaseline(made(client(address)));
        assertKeepsToTheBaseline(registered(metadata(address)));
    }

    @Test
    void aClientThatSignsPeopleInHasAnAddress() {
        assertRefused(client());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://app.example/*", "http://app.example/", "http://localhost/", "/"})
    void soDoesWherePeopleAreSentAfterSigningOut(String address) {
        ClientRepresentation client = client(GOOD);
        client.getAttributes().put("post.logout.redirect.uris", address);
        assertRefused(client);

        Map<String, Object> metadata = metadata(GOOD);
        metadata.put("post_logout_redirect_uris", List.of(address));
        assertRegistrationRefused(metadata);
    }

    @Test
    void whatAClientAsksForTooMuchIsLeftOutWhenItIsMadeAndWhenItIsChanged() {
        List<Consumer<ClientRepresentation>> tooMuch = List.of(
                client -> client.setImplicitFlowEnabled(true),
                client -> client.setDirectAccessGrantsEnabled(true),
                client -> client.getAttributes().put(PKCE, ""),
                client -> client.getAttributes().put(PKCE, "plain"),
                client -> client.getAttributes().put(TYPED, "false"),
                client -> client.setAttributes(null));
        for (Consumer<ClientRepresentation> change : tooMuch) {
            ClientRepresentation client = client(GOOD);
            change.accept(client);
            ClientRepresentation made = made(client);
            assertKeepsToTheBaseline(made);

            change.accept(made);
            gatehouse.realm().clients().get(made.getId()).update(made);
            assertKeepsToTheBaseline(
                    gatehouse.realm().clients().get(made.getId()).toRepresentation());
        }
    }

    @Test
    void aClientThatRegistersItselfGetsNoMore() {
        Map<String, Object> metadata = metadata(GOOD);
        metadata.put("response_types", List.of("code", "token", "id_token"));
        metadata.put("grant_types", List.of("authorization_code", "implicit", "password", "refresh_token"));
        metadata.put("token_endpoint_auth_method", "none");

        assertKeepsToTheBaseline(registered(metadata));
    }

    @Test
    void aChangeToALooseAddressIsRefusedAndChangesNothing() {
        ClientRepresentation made = made(client(GOOD));
        ClientRepresentation loose =
                gatehouse.realm().clients().get(made.getId()).toRepresentation();
        loose.setRedirectUris(List.of("https://app.example/*"));

        assertThat(put(loose)).isEqualTo(400);

        assertThat(gatehouse.realm().clients().get(made.getId()).toRepresentation())
                .usingRecursiveComparison()
                .isEqualTo(made);
    }

    private int put(ClientRepresentation client) {
        try {
            gatehouse.realm().clients().get(client.getId()).update(client);
            return 204;
        } catch (jakarta.ws.rs.WebApplicationException e) {
            return e.getResponse().getStatus();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse-app", "gatehouse-bff", "gatehouse-machine"})
    void aShippedClientSavedUnchangedIsAsItWas(String clientId) {
        // Nothing is enforced when a realm is imported: this is what shows that the file keeps its own policies.
        ClientRepresentation before =
                gatehouse.realm().clients().findByClientId(clientId).get(0);

        assertThat(put(before)).isEqualTo(204);

        assertThat(gatehouse.realm().clients().get(before.getId()).toRepresentation())
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    @Test
    void withoutAnInitialTokenNobodyRegistersAClient() {
        assertThat(post(metadata(GOOD), "").statusCode()).isIn(401, 403);
        assertThat(post(metadata(GOOD), "nonsense").statusCode()).isEqualTo(401);
    }

    @Test
    void noShippedClientTakesAPassword() {
        Person pat = gatehouse.aPerson().create();
        Page answer = dev.gatehouse.kit.browser.Browser.fresh()
                .requests()
                .post(
                        URI.create(gatehouse.issuer() + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "gatehouse-app",
                                "username",
                                pat.username(),
                                "password",
                                pat.password()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.of(answer).get("error").asText()).isEqualTo("unauthorized_client");
    }

    @Test
    void thePasswordGrantIsThePolicysToAllowAndToTakeAwayAgain() {
        Person pat = gatehouse.aPerson().create();
        Machine machine = Machine.create(gatehouse);

        assertThat(machine.password(pat.username(), pat.password()).status())
                .as("allowed, and this client has it")
                .isEqualTo(200);
        ClientPolicies.forbidPasswordGrant(gatehouse.realm());

        Page taken = machine.password(pat.username(), pat.password());
        assertThat(taken.status()).isEqualTo(400);
        assertThat(taken.html()).contains("resource owner password credentials grant is prohibited");
    }

    @Test
    void whereItIsAllowedGuessesAreCountedAllTheSame() {
        Person pat = gatehouse.aPerson().create();
        Machine machine = Machine.create(gatehouse);
        for (int i = 0; i < 5; i++) {
            assertThat(machine.password(pat.username(), Guesser.WRONG).html()).contains("invalid_grant");
        }

        assertThat(machine.password(pat.username(), pat.password()).status()).isEqualTo(429);
    }
}
