// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.ClientBody;

/** Everything of a realm that uses a flow: the realm itself, clients, identity providers. */
final class FlowUses {

    private final Realm realm;

    FlowUses(Realm realm) {
        this.realm = realm;
    }

    /** Whoever uses the one flow uses the other afterwards. */
    void move(Flow from, Flow to) {
        moveRealm(from.alias(), to.alias());
        moveProviders(from.alias(), to.alias());
        moveClients(from.id(), to.id());
    }

    private void moveRealm(String from, String to) {
        ObjectNode actual = realm.get().deepCopy();
        if (replaced(actual, Settings.BINDINGS, from, to)) {
            realm.admin().put(realm.path(), actual);
        }
    }

    private void moveProviders(String from, String to) {
        for (JsonNode provider : realm.list("identity-provider", "instances")) {
            ObjectNode actual = provider.deepCopy();
            if (replaced(actual, Broker.FLOWS, from, to)) {
                String alias = actual.path("alias").asText();
                realm.admin().put(realm.path("identity-provider", "instances", alias), actual);
            }
        }
    }

    private void moveClients(String from, String to) {
        for (JsonNode client : realm.list("clients")) {
            ObjectNode actual = ClientBody.of(client);
            ObjectNode overrides = actual.withObject("authenticationFlowBindingOverrides");
            if (replaced(
                    overrides,
                    overrides.properties().stream().map(Map.Entry::getKey).toList(),
                    from,
                    to)) {
                realm.admin().put(realm.path("clients", actual.path("id").asText()), actual);
            }
        }
    }

    private static boolean replaced(ObjectNode object, Iterable<String> keys, String from, String to) {
        boolean replaced = false;
        for (String key : keys) {
            if (object.path(key).asText().equals(from)) {
                object.put(key, to);
                replaced = true;
            }
        }
        return replaced;
    }
}
