// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Accounts for addresses that have none. An account is made only after its mailbox is proved, where the realm lets people
 * register, and as Keycloak's registration would make it. Its username is the address, so there are never two for one
 * address, whatever the realm says of duplicates.
 *
 * <p>What the profile requires besides username and address is not asked here: Keycloak's VERIFY_PROFILE asks for it in
 * the same sign-in, where the realm has that action.
 */
final class NewAccounts {

    private static final Logger LOG = Logger.getLogger(NewAccounts.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    NewAccounts(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Whether the realm would let somebody register with {@code address}, which is nobody's yet. */
    boolean mayBeCreated(String address) {
        return realm.isRegistrationAllowed() && isFree(address) && isAccepted(profile(address));
    }

    /**
     * Makes the account of whoever proved {@code address} in this sign-in. Empty if the realm does not let it be made any
     * more, or somebody else was faster.
     */
    Optional<UserModel> create(AuthenticationFlowContext context, String address) {
        if (!mayBeCreated(address)) {
            return Optional.empty();
        }
        Event login = context.getEvent().getEvent();
        @Nullable
        String language = realm.isInternationalizationEnabled()
                ? session.getContext().resolveLocale(null).toLanguageTag()
                : null;
        try {
            // A transaction of its own: one that met a duplicate can only be rolled back, and this request has to
            // answer.
            String id = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> create(own, address, language, login).getId(),
                    "account by magic link");
            return Optional.ofNullable(session.users().getUserById(realm, id));
        } catch (ModelDuplicateException e) {
            LOG.debugf("Realm %s: an account was made twice at a time", realm.getName());
            return Optional.empty();
        }
    }

    private static UserModel create(KeycloakSession own, String address, @Nullable String language, Event login) {
        RealmModel realm = Objects.requireNonNull(own.getContext().getRealm());
        UserModel user = new NewAccounts(own, realm).profile(address).create(false);
        user.setEnabled(true);
        user.setEmailVerified(true);
        if (language != null) {
            user.setSingleAttribute(UserModel.LOCALE, language);
        }
        // The query writes what is pending, so a duplicate that somebody made meanwhile is met here and not at the end.
        own.users().getUserByEmail(realm, address);
        EventBuilder event = new EventBuilder(realm, own)
                .event(EventType.REGISTER)
                .client(login.getClientId())
                .ipAddress(login.getIpAddress())
                .user(user);
        details(login).forEach(event::detail);
        event.detail(Details.REGISTER_METHOD, SendEvents.MAGIC_LINK)
                .detail(Details.USERNAME, user.getUsername())
                .detail(SendEvents.METHOD, SendEvents.MAGIC_LINK)
                .success();
        return user;
    }

    private static Map<String, String> details(Event event) {
        return event.getDetails() == null ? Map.of() : event.getDetails();
    }

    private boolean isFree(String address) {
        try {
            return session.users().getUserByEmail(realm, address) == null
                    && session.users().getUserByUsername(realm, address) == null;
        } catch (ModelDuplicateException e) {
            // It is the address of several.
            return false;
        }
    }

    private UserProfile profile(String address) {
        return session.getProvider(UserProfileProvider.class)
                .create(
                        UserProfileContext.REGISTRATION,
                        Map.of(UserModel.USERNAME, List.of(address), UserModel.EMAIL, List.of(address)));
    }

    /** Only these two: whatever else the profile requires is asked for later. */
    @SuppressWarnings("unchecked") // Nobody listens, so the generic array of listeners is empty.
    private static boolean isAccepted(UserProfile profile) {
        Attributes attributes = profile.getAttributes();
        return !attributes.isReadOnly(UserModel.EMAIL)
                && attributes.validate(UserModel.USERNAME)
                && attributes.validate(UserModel.EMAIL);
    }
}
