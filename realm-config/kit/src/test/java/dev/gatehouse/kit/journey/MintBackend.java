// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientRepresentation;

/** A backend that has links minted: a confidential client with an account of its own. Its answers keep the contract. */
public final class MintBackend {

    static final String ROLE = "gatehouse-mint-links";

    private static final MintContract CONTRACT = MintContract.read();

    private final Gatehouse gatehouse;
    private final ClientRepresentation client;
    private final String address = Network.next();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private MintBackend(Gatehouse gatehouse, ClientRepresentation client) {
        this.gatehouse = gatehouse;
        this.client = client;
    }

    /** What came back for one request. */
    record Answer(int status, HttpHeaders headers, String body) {

        JsonNode json() {
            return Json.parse(body);
        }

        URI link() {
            if (status != 201) {
                throw new IllegalStateException("No link but " + status + " " + body);
            }
            return URI.create(json().get("link").asText());
        }

        String error() {
            return status + " " + json().path("error").asText();
        }

        String sentence() {
            return json().path("error_description").asText();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** A backend with the role. */
    public static MintBackend create(Gatehouse gatehouse) {
        MintBackend backend = createWithoutRole(gatehouse, client -> {});
        backend.grantRole();
        return backend;
    }

    /** A backend whose account may nothing. */
    static MintBackend createWithoutRole(Gatehouse gatehouse, Consumer<ClientRepresentation> change) {
        ClientPolicies.allowPasswordGrant(gatehouse.realm());
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("backend-" + UUID.randomUUID());
        client.setSecret(UUID.randomUUID().toString());
        client.setPublicClient(false);
        client.setStandardFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(true);
        client.setServiceAccountsEnabled(true);
        change.accept(client);
        try (Response response = gatehouse.realm().clients().create(client)) {
            client.setId(CreatedResponseUtil.getCreatedId(response));
        }
        return new MintBackend(gatehouse, client);
    }

    void grantRole() {
        gatehouse
                .realm()
                .users()
                .get(accountId())
                .roles()
                .realmLevel()
                .add(List.of(gatehouse.realm().roles().get(ROLE).toRepresentation()));
    }

    String id() {
        return client.getId();
    }

    String accountId() {
        return gatehouse
                .realm()
                .clients()
                .get(client.getId())
                .getServiceAccountUser()
                .getId();
    }

    /** A new access token of the backend's own account. */
    String token() {
        return token(Map.of("grant_type", "client_credentials"));
    }

    /** A new access token of a person, who gave this client their password. */
    String tokenOf(Person person) {
        return token(Map.of("grant_type", "password", "username", person.username(), "password", person.password()));
    }

    private String token(Map<String, String> grant) {
        Map<String, String> fields = new LinkedHashMap<>(grant);
        fields.put("client_id", client.getClientId());
        fields.put("client_secret", client.getSecret());
        Page answer = Browser.fresh()
                .from(address)
                .through(gatehouse.server()::route)
                .requests()
                .post(URI.create(gatehouse.issuer() + "/protocol/openid-connect/token"), fields);
        if (answer.status() != 200) {
            throw new IllegalStateException("No token but " + answer.html());
        }
        return Json.of(answer).get("access_token").asText();
    }

    /** What a request for {@code person}, the app and its callback says. */
    static Map<String, Object> forPerson(Person person) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("email", person.address());
        body.put("clientId", "gatehouse-app");
        body.put("redirectUri", App.CALLBACK.toString());
        return body;
    }

    /** As {@link #forPerson}, with one field of another value; without it, where that is null. */
    static Map<String, Object> forPersonBut(Person person, String field, Object value) {
        Map<String, Object> body = forPerson(person);
        body.put(field, value);
        return body;
    }

    /** As {@link #linkFor}, and mails it, too. */
    public URI mailedLinkFor(Person person) {
        return mint(forPersonBut(person, "send", true)).link();
    }

    Answer mint(Map<String, Object> body) {
        return mintWith(token(), body);
    }

    Answer mintWith(String token, Map<String, Object> body) {
        return post(Json.write(body), Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"));
    }

    /** A link to the app for {@code person}. */
    public URI linkFor(Person person) {
        return mint(forPerson(person)).link();
    }

    /** Any body with any headers. */
    Answer post(String body, Map<String, String> headers) {
        return CONTRACT.checked(send("POST", endpoint(), body, headers, List.of()));
    }

    URI endpoint() {
        return URI.create(gatehouse.issuer() + "/gatehouse-magic-link");
    }

    /** Any request at all; what comes back may be an answer that is not ours. */
    Answer send(String method, URI uri, String body, Map<String, String> headers, List<String> more) {
        URI target = gatehouse.server().route(uri);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(60))
                .setHeader("X-Forwarded-For", address)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        List<String> lines = new ArrayList<>(more);
        while (!lines.isEmpty()) {
            request.header(lines.remove(0), lines.remove(0));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in " + method + " " + uri, e);
        }
    }
}
