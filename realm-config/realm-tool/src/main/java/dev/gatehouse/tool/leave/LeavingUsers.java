// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.leave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.change.ClientBody;
import dev.gatehouse.tool.file.JsonPath;

/** What uses flows, themes and mappers of ours: clients, client scopes and identity providers. */
final class LeavingUsers {

    private static final String FIRST = "firstBrokerLoginFlowAlias";
    private static final String POST = "postBrokerLoginFlowAlias";

    private final Realm realm;
    private final JsonNode export;
    private final Set<String> flows;

    LeavingUsers(Realm realm, JsonNode export, Set<String> flows) {
        this.realm = realm;
        this.export = export;
        this.flows = flows;
    }

    void add(List<Change> changes) {
        providers(changes);
        scopes(changes);
        clients(changes);
    }

    private void providers(List<Change> changes) {
        for (JsonNode provider : realm.list("identity-provider", "instances")) {
            String alias = provider.path("alias").asText();
            String at = JsonPath.named("$.identityProviders", alias);
            ObjectNode actual = provider.deepCopy();
            List<String> lines = new ArrayList<>();
            if (flows.contains(actual.path(FIRST).asText())) {
                LeavingSettings.put(actual, at, FIRST, LeavingSettings.FIRST_BROKER_LOGIN, lines);
            }
            if (flows.contains(actual.path(POST).asText())) {
                LeavingSettings.put(actual, at, POST, "", lines);
            }
            AdminPath path = realm.path("identity-provider", "instances", alias);
            if (!lines.isEmpty()) {
                changes.add(new Change(
                        "identity provider " + alias, lines, () -> realm.admin().put(path, actual)));
            }
            mappers(
                    at + ".mappers",
                    realm.admin().get(path.then("mappers")),
                    "identityProviderMapper",
                    path.then("mappers"),
                    changes);
        }
    }

    private void scopes(List<Change> changes) {
        for (JsonNode scope : realm.get("client-scopes")) {
            mappers(
                    JsonPath.named("$.clientScopes", scope.path("name").asText()) + ".protocolMappers",
                    scope.path("protocolMappers"),
                    "protocolMapper",
                    realm.path("client-scopes", scope.path("id").asText(), "protocol-mappers", "models"),
                    changes);
        }
    }

    private void clients(List<Change> changes) {
        Set<String> flowIds = new HashSet<>();
        export.path("authenticationFlows").forEach(flow -> {
            if (flows.contains(flow.path("alias").asText())) {
                flowIds.add(flow.path("id").asText());
            }
        });
        for (JsonNode client : realm.list("clients")) {
            String clientId = client.path("clientId").asText();
            String at = JsonPath.named("$.clients", clientId);
            AdminPath path = realm.path("clients", client.path("id").asText());
            mappers(
                    at + ".protocolMappers",
                    client.path("protocolMappers"),
                    "protocolMapper",
                    path.then("protocol-mappers", "models"),
                    changes);
            ObjectNode actual = ClientBody.of(client);
            // What the line above removes must not come back.
            actual.remove("protocolMappers");
            List<String> lines = new ArrayList<>();
            ObjectNode overrides = actual.withObject("authenticationFlowBindingOverrides");
            for (String place : LeavingSettings.names(overrides)) {
                if (flowIds.contains(overrides.path(place).asText())) {
                    LeavingSettings.put(overrides, at + ".authenticationFlowBindingOverrides", place, "", lines);
                }
            }
            ObjectNode attributes = actual.withObject("attributes");
            for (String name : LeavingSettings.names(attributes)) {
                boolean theme = name.equals("login_theme")
                        && Traces.ours(attributes.path(name).asText());
                if (theme || Traces.oursAttribute(name)) {
                    LeavingSettings.put(attributes, at + ".attributes", name, "", lines);
                }
            }
            if (!lines.isEmpty()) {
                changes.add(new Change(
                        "client " + clientId, lines, () -> realm.admin().put(path, actual)));
            }
        }
    }

    private void mappers(String at, JsonNode mappers, String key, AdminPath path, List<Change> changes) {
        for (JsonNode mapper : mappers) {
            if (Traces.ours(mapper.path(key).asText())) {
                String name = mapper.path("name").asText();
                changes.add(new Change("mapper " + name, List.of("- " + JsonPath.named(at, name)), () -> realm.admin()
                        .delete(path.then(mapper.path("id").asText()))));
            }
        }
    }
}
