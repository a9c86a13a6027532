// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What one tab of a sign-in knows of other identity providers. */
record BrokerTab(AuthenticationSessionModel notes) {

    /** Which identity provider the tab was sent to last. */
    private static final String SENT_TO = "gatehouse.broker.sentTo";

    void sentTo(String alias) {
        notes.setAuthNote(SENT_TO, alias);
    }

    /**
     * Whether somebody who comes back from {@code alias} was sent to another one. Where accounts are linked by their
     * signed-in owners, the tab was sent there by other means, and Keycloak looks at this itself.
     */
    boolean wasSentElsewhere(String alias) {
        @Nullable String sentTo = notes.getAuthNote(SENT_TO);
        return sentTo != null && !sentTo.equals(alias) && !links();
    }

    /** Whether a person who is signed in links an account. */
    boolean links() {
        return notes.getAuthNote(IdentityBrokerService.LINKING_IDENTITY_PROVIDER) != null;
    }

    /**
     * Takes away what was shown in flows of this tab before somebody came back from {@code alias} with an account that is
     * known there: it may have been shown for another account.
     */
    void beginAnew(String alias) {
        notes.clearExecutionStatus();
        notes.removeAuthNote(AuthenticationProcessor.AUTHN_CREDENTIALS);
        notes.removeAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS);
        notes.removeAuthNote(passed(alias));
        notes.clearUserSessionNotes();
    }

    /** Whether the flow of a first sign-in has come to its end and waits for it to be used. */
    boolean hasPassedFirstLogin() {
        return identity(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE)
                .filter(identity -> identity.getIdentityProviderId()
                        .equals(notes.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS)))
                .isPresent();
    }

    /** Whether the flow that follows each sign-in has come to its end and waits for it to be used. */
    boolean hasPassedLogin() {
        return identity(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT)
                .filter(identity -> Boolean.parseBoolean(notes.getAuthNote(passed(identity.getIdentityProviderId()))))
                .isPresent();
    }

    private Optional<SerializedBrokeredIdentityContext> identity(String note) {
        return Optional.ofNullable(SerializedBrokeredIdentityContext.readFromAuthenticationSession(notes, note));
    }

    private static String passed(String alias) {
        return PostBrokerLoginConstants.PBL_AUTH_STATE_PREFIX + alias;
    }
}
