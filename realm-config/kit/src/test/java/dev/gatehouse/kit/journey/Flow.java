// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;

/** A flow while an admin makes it in the console's editor. Steps run in the order in which they are added. */
final class Flow {

    private final AuthenticationManagementResource flows;
    private final String top;
    private final String alias;
    private final String id;

    private Flow(AuthenticationManagementResource flows, String top, String alias, String id) {
        this.flows = flows;
        this.top = top;
        this.alias = alias;
        this.id = id;
    }

    /** A new flow of its own. */
    static Flow create(RealmResource realm, Consumer<Flow> content) {
        AuthenticationFlowRepresentation flow = new AuthenticationFlowRepresentation();
        flow.setAlias("journey " + UUID.randomUUID());
        flow.setProviderId("basic-flow");
        flow.setTopLevel(true);
        flow.setBuiltIn(false);
        try (Response response = realm.flows().createFlow(flow)) {
            Flow made = new Flow(
                    realm.flows(), flow.getAlias(), flow.getAlias(), CreatedResponseUtil.getCreatedId(response));
            content.accept(made);
            return made;
        }
    }

    String alias() {
        return alias;
    }

    String id() {
        return id;
    }

    Flow required(String authenticator) {
        return step("REQUIRED", authenticator, Map.of());
    }

    Flow alternative(String authenticator) {
        return step("ALTERNATIVE", authenticator, Map.of());
    }

    /** A step with settings. */
    Flow step(String requirement, String authenticator, Map<String, String> settings) {
        AuthenticationExecutionInfoRepresentation added =
                added(requirement, () -> flows.addExecution(alias, Map.<String, Object>of("provider", authenticator)));
        if (!settings.isEmpty()) {
            AuthenticatorConfigRepresentation config = new AuthenticatorConfigRepresentation();
            config.setAlias("journey " + UUID.randomUUID());
            config.setConfig(settings);
            flows.newExecutionConfig(added.getId(), config).close();
        }
        return this;
    }

    /** A flow inside this one. */
    Flow flow(String requirement, Consumer<Flow> content) {
        String name = "journey " + UUID.randomUUID();
        AuthenticationExecutionInfoRepresentation added = added(
                requirement,
                () -> flows.addExecutionFlow(
                        alias, Map.of("alias", name, "type", "basic-flow", "provider", "", "description", "")));
        content.accept(new Flow(flows, top, name, added.getFlowId()));
        return this;
    }

    private AuthenticationExecutionInfoRepresentation added(String requirement, Runnable addition) {
        Set<String> before = flows.getExecutions(top).stream()
                .map(AuthenticationExecutionInfoRepresentation::getId)
                .collect(Collectors.toCollection(HashSet::new));
        addition.run();
        AuthenticationExecutionInfoRepresentation added = flows.getExecutions(top).stream()
                .filter(execution -> !before.contains(execution.getId()))
                .findFirst()
                .orElseThrow();
        added.setRequirement(requirement);
        flows.updateExecutions(top, added);
        return added;
    }

    void remove() {
        flows.deleteFlow(id);
    }
}
