// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Locale;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The end of the step: somebody proved what there was to prove, and the flow goes on. */
final class SignIn {

    /** What was redeemed. */
    enum Way {
        LINK,
        CODE,
        MINTED;

        /** As events and metrics name it. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private SignIn() {}

    /** Ends the step as {@code user}, and nothing more: no address is taken for verified. */
    static void finish(AuthenticationFlowContext context, UserModel user, Way way) {
        FailureReset.afterSignIn(context, user);
        context.getAuthenticationSession()
                .setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, user.getUsername());
        // A clone: the flow's own event is that of the whole sign-in.
        context.getEvent()
                .clone()
                .event(EventType.EXECUTE_ACTION_TOKEN)
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .detail(SendEvents.WAY, way.code())
                .success();
        LinkMetrics.redeemed(way);
        context.getEvent()
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .detail(SendEvents.WAY, way.code());
        context.setUser(user);
        context.success();
    }

    /** As {@link #finish}, for a message that has just proved the mail address of {@code user}. */
    static void finishProven(AuthenticationFlowContext context, UserModel user, Way way) {
        if (!FirstProof.begin(context, user)) {
            if (!user.isEmailVerified()) {
                user.setEmailVerified(true);
            }
            AuthenticationSessionModel tab = context.getAuthenticationSession();
            user.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
            tab.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        }
        finish(context, user, way);
    }
}
