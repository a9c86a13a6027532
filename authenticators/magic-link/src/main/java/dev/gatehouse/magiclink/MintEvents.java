// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;

import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** One admin event for each request to mint a link by somebody who may. It holds neither the link nor the address. */
final class MintEvents {

    private static final String RESOURCE = "GATEHOUSE_LINK";

    private final AdminEventBuilder event;

    private MintEvents(AdminEventBuilder event) {
        this.event = event;
    }

    static MintEvents of(KeycloakSession session, RealmModel realm, MintCaller caller) {
        return new MintEvents(new AdminEventBuilder(
                        realm,
                        new AdminAuth(realm, caller.token(), caller.user(), caller.client()),
                        session,
                        session.getContext().getConnection())
                .operation(OperationType.ACTION)
                .resource(RESOURCE)
                .resourcePath(MagicLinkResourceProviderFactory.PROVIDER_ID));
    }

    void minted(MintClient client, String userId, Duration lifespan, boolean send) {
        event.detail("gatehouse_client", client.clientId())
                .detail("gatehouse_user", userId)
                .detail("gatehouse_lifespan", Long.toString(lifespan.toSeconds()))
                .detail("gatehouse_sent", Boolean.toString(send))
                .success();
    }

    /** @param error as the answer to the backend names it, or the rule of a limit */
    void refused(MintRequest request, String error) {
        event.detail("gatehouse_client", request.clientId());
        if (request.userId() != null) {
            event.detail("gatehouse_user", request.userId());
        }
        event.getEvent().setError(error);
        event.success();
    }
}
