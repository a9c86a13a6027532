// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** Recovery codes after a first device, where Keycloak's own option of the required action asks for them. */
final class RecoveryCodesOffer {

    private RecoveryCodesOffer() {}

    /** Lets the user set up recovery codes next, if the realm wants it, can use them, and the user has none. */
    static void make(RequiredActionContext context) {
        @Nullable RequiredActionConfigModel config = context.getConfig();
        RealmModel realm = context.getRealm();
        UserModel user = context.getUser();
        boolean wanted =
                config != null && Boolean.parseBoolean(config.getConfigValue(UpdateTotp.ADD_RECOVERY_CODES, "false"));
        if (wanted
                && isEnabled(realm)
                && isAsked(context.getSession(), realm)
                && !user.credentialManager().isConfiguredFor(RecoveryAuthnCodesCredentialModel.TYPE)) {
            user.addRequiredAction(UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES);
        }
    }

    private static boolean isEnabled(RealmModel realm) {
        @Nullable
        RequiredActionProviderModel action =
                realm.getRequiredActionProviderByAlias(UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name());
        return action != null && action.isEnabled();
    }

    /** Whether any flow asks for one. */
    private static boolean isAsked(KeycloakSession session, RealmModel realm) {
        return realm.getAuthenticationFlowsStream()
                .flatMap(flow -> realm.getAuthenticationExecutionsStream(flow.getId()))
                .filter(step -> step.getRequirement() != AuthenticationExecutionModel.Requirement.DISABLED)
                .map(AuthenticationExecutionModel::getAuthenticator)
                .filter(Objects::nonNull)
                .map(id -> session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, id))
                .filter(AuthenticatorFactory.class::isInstance)
                .anyMatch(factory -> RecoveryAuthnCodesCredentialModel.TYPE.equals(
                        ((AuthenticatorFactory) factory).getReferenceCategory()));
    }
}
