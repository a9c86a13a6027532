// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/**
 * Looks at what an identity provider says about a person before an account takes it over. At a first sign-in the person
 * is shown a profile that the realm does not accept, and corrects it; at every later one the account keeps what it has in
 * place of what the realm does not accept, an address of somebody else's account included.
 */
final class CheckedProfile {

    /** What a column of the links between accounts holds. */
    private static final int LONGEST = 255;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final BrokeredIdentityContext identity;

    CheckedProfile(KeycloakSession session, RealmModel realm, BrokeredIdentityContext identity) {
        this.session = session;
        this.realm = realm;
        this.identity = identity;
    }

    /**
     * Takes out of the identity what must not be taken over.
     *
     * @throws IdentityBrokerException if its identifier cannot be kept
     */
    void check() {
        if (!fits(identity.getId())) {
            throw new IdentityBrokerException("The identifier of an account cannot be kept")
                    .withMessageCode(BrokerAnswers.FAILED);
        }
        if (!fits(identity.getUsername())) {
            // As for somebody whom the provider gives no name at all.
            identity.setUsername(identity.getId());
        }
        @Nullable
        UserModel known = session.users()
                .getUserByFederatedIdentity(
                        realm,
                        new FederatedIdentityModel(
                                identity.getIdpConfig().getAlias(), identity.getId(), identity.getUsername()));
        if (known != null) {
            leaveOutWhatIsRefused(known);
        }
    }

    private static boolean fits(@Nullable String text) {
        return text == null || (text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl));
    }

    private void leaveOutWhatIsRefused(UserModel known) {
        Map<String, List<String>> said = new HashMap<>();
        put(said, UserModel.EMAIL, identity.getEmail());
        put(said, UserModel.FIRST_NAME, identity.getFirstName());
        put(said, UserModel.LAST_NAME, identity.getLastName());
        // As an administrator would write it: what the person has not said yet is not asked for here.
        put(said, UserModel.USERNAME, known.getUsername());
        try {
            session.getProvider(UserProfileProvider.class)
                    .create(UserProfileContext.USER_API, said, known)
                    .validate();
        } catch (ValidationException e) {
            if (e.isAttributeOnError(UserModel.EMAIL)) {
                identity.setEmail(null);
            }
            if (e.isAttributeOnError(UserModel.FIRST_NAME)) {
                identity.setFirstName(null);
            }
            if (e.isAttributeOnError(UserModel.LAST_NAME)) {
                identity.setLastName(null);
            }
        }
    }

    private static void put(Map<String, List<String>> said, String attribute, @Nullable String value) {
        if (value != null) {
            said.put(attribute, List.of(value));
        }
    }
}
