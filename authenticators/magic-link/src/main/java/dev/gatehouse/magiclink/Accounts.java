// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.secret.Secret;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * The accounts of a realm, as far as a link is concerned. The same questions are asked when a link is sent, when it is
 * confirmed and when the sign-in goes on: much can happen in between.
 */
final class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MagicLinkSettings settings;

    Accounts(KeycloakSession session, RealmModel realm, MagicLinkSettings settings) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
    }

    /** The one account with this address; empty for none, and for several. */
    Optional<UserModel> byAddress(String address) {
        try {
            return Optional.ofNullable(session.users().getUserByEmail(realm, address));
        } catch (ModelDuplicateException e) {
            // A realm that once allowed duplicates can still hold them. Nobody can tell whose mailbox it is.
            LOG.debugf("Realm %s has several accounts with one address", realm.getName());
            return Optional.empty();
        }
    }

    Optional<UserModel> byId(String id) {
        return Optional.ofNullable(session.users().getUserById(realm, id));
    }

    /** Why {@code user} may not sign in by link now; empty if it may. */
    Optional<Refusal> refusal(@Nullable UserModel user) {
        if (user == null || user.getEmail() == null || user.getEmail().isBlank()) {
            return Optional.of(Refusal.UNKNOWN_ADDRESS);
        }
        if (user.getServiceAccountClientLink() != null) {
            return Optional.of(Refusal.SERVICE_ACCOUNT);
        }
        if (!user.isEnabled()) {
            return Optional.of(Refusal.DISABLED);
        }
        if (isLocked(user)) {
            return Optional.of(Refusal.LOCKED);
        }
        if (!user.isEmailVerified() && !settings.allowUnverified()) {
            return Optional.of(Refusal.UNVERIFIED);
        }
        return Optional.empty();
    }

    /** As {@link #refusal(UserModel)}, for an account whose link went to the address with {@code addressHash}. */
    Optional<Refusal> refusal(@Nullable UserModel user, String addressHash) {
        if (user == null) {
            return Optional.of(Refusal.USER_GONE);
        }
        Optional<Refusal> refusal = refusal(user);
        return refusal.isPresent() || hashOf(user.getEmail()).equals(addressHash)
                ? refusal
                : Optional.of(Refusal.ADDRESS_CHANGED);
    }

    private boolean isLocked(UserModel user) {
        if (!realm.isBruteForceProtected()) {
            return false;
        }
        BruteForceProtector protector = session.getProvider(BruteForceProtector.class);
        return protector.isPermanentlyLockedOut(session, realm, user)
                || (!settings.openDuringTemporaryLock() && protector.isTemporarilyDisabled(session, realm, user));
    }

    /** The hash of an address, equal for all spellings that mean one mailbox to Keycloak. */
    static String hashOf(String address) {
        return Secret.hash(normalized(address));
    }

    /** The address as it is looked up: without surrounding space, compatibility letters unified, in lower case. */
    static String normalized(String address) {
        return Normalizer.normalize(address.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
