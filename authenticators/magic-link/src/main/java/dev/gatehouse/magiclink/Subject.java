// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whom a sign-in is about before anybody typed anything into this step: the account that an earlier step found or that
 * signs in again, the one that a broker's account looks like, or just a name that an earlier step asked for.
 *
 * @param user the account
 * @param name the name that nobody has looked up yet
 * @param shown how pages call it, as far as the person knows it already
 */
record Subject(Optional<UserModel> user, Optional<String> name, Optional<String> shown) {

    private static final Subject NOBODY = new Subject(Optional.empty(), Optional.empty(), Optional.empty());

    static Subject of(AuthenticationFlowContext context) {
        AuthenticationSessionModel tab = context.getAuthenticationSession();
        @Nullable UserModel user = context.getUser();
        @Nullable String typed = tab.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        if (user != null) {
            // As the person typed it, else by its username. Not by its address: a stranger may have typed the name, and
            // would learn where the owner gets mail.
            return new Subject(
                    Optional.of(user), Optional.empty(), Optional.of(typed == null ? user.getUsername() : typed));
        }
        @Nullable String existing = tab.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO);
        if (existing != null && tab.getAuthNote(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE) != null) {
            return of(context, ExistingUserInfo.deserialize(existing));
        }
        boolean asked = Boolean.parseBoolean(tab.getAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN));
        return asked && typed != null && !typed.isBlank()
                ? new Subject(Optional.empty(), Optional.of(typed), Optional.of(typed))
                : NOBODY;
    }

    /** The account that is there already, by what the person's account at the broker has in common with it. */
    private static Subject of(AuthenticationFlowContext context, ExistingUserInfo existing) {
        return new Subject(
                Optional.ofNullable(
                        context.getSession().users().getUserById(context.getRealm(), existing.getExistingUserId())),
                Optional.empty(),
                Optional.of(existing.getDuplicateAttributeValue()));
    }

    /** Whether the person cannot choose here whom the message is for. */
    boolean isFixed() {
        return shown.isPresent();
    }
}
