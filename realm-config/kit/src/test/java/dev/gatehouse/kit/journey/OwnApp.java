// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientRepresentation;

/** An app of a journey's own, in whose sign-in another flow runs than in that of all others. */
final class OwnApp implements AutoCloseable {

    private final Gatehouse gatehouse;
    private final ClientRepresentation client;
    private final Runnable after;

    private OwnApp(Gatehouse gatehouse, ClientRepresentation client, Runnable after) {
        this.gatehouse = gatehouse;
        this.client = client;
        this.after = after;
    }

    /** As the shipped app in everything but the flow. */
    static OwnApp with(Gatehouse gatehouse, Consumer<Flow> steps) {
        Flow flow = Flow.create(gatehouse.realm(), steps);
        return new OwnApp(gatehouse, client(gatehouse, flow.id()), flow::remove);
    }

    /** As the shipped app, with another flow of the shipped realm. */
    static OwnApp in(Gatehouse gatehouse, String alias) {
        String flow = gatehouse.realm().flows().getFlows().stream()
                .filter(it -> it.getAlias().equals(alias))
                .findFirst()
                .orElseThrow()
                .getId();
        return new OwnApp(gatehouse, client(gatehouse, flow), () -> {});
    }

    private static ClientRepresentation client(Gatehouse gatehouse, String flow) {
        ClientRepresentation client =
                gatehouse.realm().clients().findByClientId("gatehouse-app").get(0);
        client.setId(null);
        client.setClientId("app-" + UUID.randomUUID());
        client.setAuthenticationFlowBindingOverrides(Map.of("browser", flow));
        try (Response response = gatehouse.realm().clients().create(client)) {
            client.setId(CreatedResponseUtil.getCreatedId(response));
        }
        return client;
    }

    /** The app, in front of one person. */
    App app() {
        return new App(gatehouse.issuer(), client.getClientId(), App.CALLBACK, gatehouse.server()::route);
    }

    @Override
    public void close() {
        gatehouse.realm().clients().get(client.getId()).remove();
        after.run();
    }
}
