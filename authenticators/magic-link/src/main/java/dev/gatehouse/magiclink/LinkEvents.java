// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;

import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.Redemption;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The audit event of a link that somebody tried to confirm, or of a code that somebody typed, and could not use. */
final class LinkEvents {

    private final EventBuilder event;

    private LinkEvents(EventBuilder event) {
        this.event = event;
    }

    static LinkEvents of(KeycloakSession session, RealmModel realm) {
        return new LinkEvents(
                new EventBuilder(realm, session, session.getContext().getConnection()).event(EventType.LOGIN_ERROR));
    }

    /** For a request of the step, whose own event stays as it is: the flow goes on using it. */
    static LinkEvents of(AuthenticationFlowContext context) {
        return new LinkEvents(context.getEvent().clone().event(EventType.LOGIN_ERROR));
    }

    void refused(Redemption redemption) {
        Optional<Link> link = Optional.ofNullable(redemption.link());
        link.ifPresent(known -> {
            event.client(known.clientId()).detail(Details.CODE_ID, known.tab().rootSession());
            if (known.userId() != null) {
                event.user(known.userId());
            }
        });
        if (redemption.refusal() != null) {
            event.detail(SendEvents.REASON, redemption.refusal().code());
            LinkMetrics.refused(redemption.refusal().code());
        }
        event.detail(SendEvents.METHOD, SendEvents.MAGIC_LINK).error(Errors.INVALID_CODE);
    }
}
