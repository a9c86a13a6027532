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
import org.keycloak.models.utils.KeycloakModelUtils;
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
    private final Channel channel;

    Accounts(KeycloakSession session, RealmModel realm, MagicLinkSettings settings) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.channel = settings.channel().in(session, realm, settings);
    }

    /** The way in which messages reach these accounts. */
    Channel channel() {
        return channel;
    }

    /** The one account that somebody means; empty for none, and for several. */
    Optional<UserModel> meant(LinkOrder.Target target) {
        if (target.userId() != null) {
            return byId(target.userId());
        }
        return target.isName() ? byName(session, realm, target.typed()) : channel.find(target.typed());
    }

    /** The one account that a sign-in form would take {@code name} for. */
    static Optional<UserModel> byName(KeycloakSession session, RealmModel realm, String name) {
        try {
            return Optional.ofNullable(KeycloakModelUtils.findUserByNameOrEmail(session, realm, name));
        } catch (ModelDuplicateException e) {
            // A realm that once allowed duplicates can still hold them. Nobody can tell whose mailbox it is.
            LOG.debugf("Realm %s has several accounts with one address", realm.getName());
            return Optional.empty();
        }
    }

    Optional<UserModel> byId(String id) {
        return Optional.ofNullable(session.users().getUserById(realm, id));
    }

    /** Where messages to {@code user} go; empty for nobody, and for whom none can reach. */
    Optional<String> addressOf(@Nullable UserModel user) {
        return user == null ? Optional.empty() : channel.addressOf(user);
    }

    /** Why {@code user} may not sign in by link now; empty if it may. */
    Optional<Refusal> refusal(@Nullable UserModel user) {
        if (user == null) {
            return Optional.of(Refusal.UNKNOWN_ADDRESS);
        }
        if (user.getServiceAccountClientLink() != null) {
            return Optional.of(Refusal.SERVICE_ACCOUNT);
        }
        if (addressOf(user).isEmpty()) {
            return Optional.of(Refusal.NO_ADDRESS);
        }
        if (!user.isEnabled()) {
            return Optional.of(Refusal.DISABLED);
        }
        if (isLocked(user)) {
            return Optional.of(Refusal.LOCKED);
        }
        return isUnverified(user) ? Optional.of(Refusal.UNVERIFIED) : Optional.empty();
    }

    /** As {@link #refusal(UserModel)}, for an account whose link went to the address with {@code addressHash}. */
    Optional<Refusal> refusal(@Nullable UserModel user, String addressHash) {
        if (user == null) {
            return Optional.of(Refusal.USER_GONE);
        }
        Optional<Refusal> refusal = refusal(user);
        return refusal.isPresent() || addressOf(user).map(Accounts::hashOf).equals(Optional.of(addressHash))
                ? refusal
                : Optional.of(Refusal.ADDRESS_CHANGED);
    }

    /** Whether a temporary lock shuts what can be guessed for {@code user}: its codes, but not its links. */
    boolean isShutForCodes(UserModel user) {
        return realm.isBruteForceProtected() && protector().isTemporarilyDisabled(session, realm, user);
    }

    private boolean isLocked(UserModel user) {
        return realm.isBruteForceProtected()
                && (protector().isPermanentlyLockedOut(session, realm, user)
                        || (!settings.openDuringTemporaryLock() && isShutForCodes(user)));
    }

    private BruteForceProtector protector() {
        return session.getProvider(BruteForceProtector.class);
    }

    private boolean isUnverified(UserModel user) {
        return channel.provesMailAddress()
                && !user.isEmailVerified()
                && !settings.allowUnverified()
                && !FirstProof.isMarked(realm, user);
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
