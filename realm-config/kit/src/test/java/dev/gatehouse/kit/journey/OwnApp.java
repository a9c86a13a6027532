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
    private final Flow flow;
    private final ClientRepresentation client;

    private OwnApp(Gatehouse gatehouse, Flow flow, ClientRepresentation client) {
        this.gatehouse = gatehouse;
        this.flow = flow;
        this.client = client;
    }

    /** As the shipped app in everything but the flow. */
    static OwnApp with(Gatehouse gatehouse, Consumer<Flow> steps) {
        Flow flow = Flow.create(gatehouse.realm(), steps);
        ClientRepresentation client =
                gatehouse.realm().clients().findByClientId("gatehouse-app").get(0);
        client.setId(null);
        client.setClientId("app-" + UUID.randomUUID());
        client.getProtocolMappers().forEach(mapper -> mapper.setId(null));
        client.setAuthenticationFlowBindingOverrides(Map.of("browser", flow.id()));
        try (Response response = gatehouse.realm().clients().create(client)) {
            client.setId(CreatedResponseUtil.getCreatedId(response));
        }
        return new OwnApp(gatehouse, flow, client);
    }

    /** The app, in front of one person. */
    App app() {
        return new App(gatehouse.issuer(), client.getClientId(), App.CALLBACK, gatehouse.server()::route);
    }

    @Override
    public void close() {
        gatehouse.realm().clients().get(client.getId()).remove();
        flow.remove();
    }
}
