// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.core.link.MintedLink;
import dev.gatehouse.core.link.Refusal;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * The accounts of a realm, as far as a minted link is concerned. The same questions are asked when a link is minted and
 * when it is redeemed.
 */
final class MintAccounts {

    /** A minted link says nothing about an address, so it may be unverified; and like any link it cannot be guessed. */
    private static final MagicLinkSettings RULES =
            new MagicLinkSettings(ChannelKind.MAIL, "", Duration.ZERO, 0, Duration.ZERO, true, false, true);

    private final RealmModel realm;
    private final MintSettings settings;
    private final Accounts accounts;
    private final Channel mail;

    MintAccounts(KeycloakSession session, RealmModel realm, MintSettings settings) {
        this.realm = realm;
        this.settings = settings;
        this.accounts = new Accounts(session, realm, RULES);
        this.mail = accounts.channel();
    }

    /** The account of a request, if links may be minted for it. */
    UserModel of(MintRequest request) throws MintRefused {
        UserModel user = find(request);
        @Nullable Refusal refusal = accounts.refusal(user).orElse(null);
        if (refusal != null) {
            throw MintError.USER_NOT_USABLE.because(
                    switch (refusal) {
                        case SERVICE_ACCOUNT -> "The account is the service account of a client";
                        case NO_ADDRESS -> "The account has no mail address";
                        case DISABLED -> "The account is disabled";
                        case LOCKED -> "The account is locked";
                        default -> "Nobody can sign in to the account by a link: " + refusal.code();
                    });
        }
        if (isForbiddenAdmin(user)) {
            throw MintError.USER_NOT_ALLOWED.because(
                    "The account has a role for administering; the realm attribute gatehouse.mint.admins forbids it");
        }
        return user;
    }

    private UserModel find(MintRequest request) throws MintRefused {
        if (request.userId() != null) {
            return accounts.byId(request.userId())
                    .orElseThrow(() -> MintError.USER_NOT_FOUND.because("No account has this id"));
        }
        return mail.parse(request.email())
                .flatMap(mail::find)
                .orElseThrow(
                        () -> MintError.USER_NOT_FOUND.because("No account has this mail address, or several have it"));
    }

    /** The account of a link. */
    Optional<UserModel> of(MintedLink link) {
        return accounts.byId(link.userId());
    }

    /** The hash of the address that {@code user} has now. */
    String addressHash(UserModel user) {
        return Accounts.hashOf(accounts.addressOf(user).orElse(""));
    }

    /** Why {@code link} may not sign {@code user} in now; empty if it may. */
    Optional<Refusal> refusal(MintedLink link, @Nullable UserModel user) {
        Optional<Refusal> refusal = accounts.refusal(user, link.addressHash());
        if (refusal.isPresent() || user == null) {
            return refusal;
        }
        if (!settings.clients().contains(link.clientId())) {
            return Optional.of(Refusal.CLIENT_NOT_ALLOWED);
        }
        return isForbiddenAdmin(user) ? Optional.of(Refusal.ADMIN) : Optional.empty();
    }

    private boolean isForbiddenAdmin(UserModel user) {
        return !settings.admins()
                && RoleUtils.getDeepUserRoleMappings(user).stream().anyMatch(this::administers);
    }

    /** Roles of this realm that open its admin API, those of the master realm that open others', and the one to mint. */
    private boolean administers(RoleModel role) {
        if (role.getContainer() instanceof ClientModel client) {
            return client.getClientId().equals(Constants.REALM_MANAGEMENT_CLIENT_ID)
                    || (isMaster() && client.getClientId().endsWith("-realm"));
        }
        return role.getName().equals(MintCaller.ROLE)
                || (isMaster()
                        && (role.getName().equals(AdminRoles.ADMIN)
                                || role.getName().equals(AdminRoles.CREATE_REALM)));
    }

    private boolean isMaster() {
        return realm.getName().equals(Config.getAdminRealm());
    }
}
