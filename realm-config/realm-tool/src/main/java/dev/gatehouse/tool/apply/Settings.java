// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.change.Change;

/** The realm's own settings, its attributes and which flow serves what: one request, whole or not at all. */
final class Settings {

    static final List<String> BINDINGS = List.of(
            "browserFlow",
            "registrationFlow",
            "directGrantFlow",
            "resetCredentialsFlow",
            "clientAuthenticationFlow",
            "dockerAuthenticationFlow",
            "firstBrokerLoginFlow");

    /** What is no setting but a thing of its own, or only said for the reader. */
    private static final Set<String> OTHERS = Set.of(
            "id",
            "realm",
            "keycloakVersion",
            "authenticationFlows",
            "authenticatorConfig",
            "clientPolicies",
            "clientProfiles",
            "clientScopes",
            "clients",
            "components",
            "defaultDefaultClientScopes",
            "defaultOptionalClientScopes",
            "identityProviderMappers",
            "identityProviders",
            "requiredActions",
            "roles");

    /** Tells the server to make its own client scopes in a new realm; it keeps no trace of it. */
    private static final String ONLY_WHEN_NEW = "CreateDefaultClientScopes";

    private final Target target;

    Settings(Target target) {
        this.target = target;
    }

    List<Change> changes() {
        Difference difference = difference();
        return difference.none()
                ? List.of()
                : List.of(new Change(
                        "settings of the realm",
                        difference.lines(),
                        // Read again, so that what somebody has changed meanwhile is not put back.
                        () -> target.realm()
                                .admin()
                                .put(target.realm().path(), difference().merged())));
    }

    private Difference difference() {
        ObjectNode wanted = target.file().tree().deepCopy();
        wanted.remove(OTHERS);
        if (wanted.path("attributes").isObject()) {
            wanted.withObject("attributes").remove(ONLY_WHEN_NEW);
        }
        JsonNode actual = target.realm().get();
        return Difference.of(
                "$",
                wanted,
                actual,
                (path, key, value) -> target.onlyDefault(path, value)
                        || (BINDINGS.contains(key)
                                && FlowName.plain(value.asText())
                                        .equals(wanted.path(key).asText())));
    }
}
