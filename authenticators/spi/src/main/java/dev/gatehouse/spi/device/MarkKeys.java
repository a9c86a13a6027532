// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.core.secret.KeyedHash;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.spi.secret.RealmSecret;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Makes the marks of one realm and checks them. Marks made with a key that is now passive still hold. */
final class MarkKeys {

    private static final String PURPOSE = "device-mark";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String realmHash;

    MarkKeys(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.realmHash = Secret.hash(realm.getId());
    }

    /** A mark for {@code user}, made with the active key. */
    DeviceMark make(String id, UserModel user, Instant now) {
        KeyedHash hash = new KeyedHash(RealmSecret.of(session, realm, PURPOSE));
        // Anybody may claim an address that is not verified, and would get a budget for the name of somebody else.
        @Nullable String mail = user.isEmailVerified() ? user.getEmail() : null;
        DeviceMark unsigned = new DeviceMark(
                realmHash,
                RealmSecret.activeKid(session, realm),
                id,
                Instant.ofEpochSecond(now.getEpochSecond()),
                account(hash, user),
                name(hash, user.getUsername()),
                mail == null ? "" : name(hash, mail),
                "");
        return new DeviceMark(
                unsigned.realm(),
                unsigned.kid(),
                unsigned.id(),
                unsigned.issued(),
                unsigned.account(),
                unsigned.username(),
                unsigned.mail(),
                signature(hash, unsigned));
    }

    /** Whether {@code mark} says that it is of this realm. */
    boolean claims(DeviceMark mark) {
        return mark.realm().equals(realmHash);
    }

    /** Whether this realm made {@code mark} for the account that has {@code typedName} for a username or mail address. */
    boolean names(DeviceMark mark, String typedName) {
        return verified(mark)
                .map(hash -> {
                    String name = name(hash, typedName);
                    return same(name, mark.username()) || same(name, mark.mail());
                })
                .orElse(false);
    }

    /** Whether this realm made {@code mark}. */
    boolean made(DeviceMark mark) {
        return verified(mark).isPresent();
    }

    /** Whether this realm made {@code mark} for {@code user}. */
    boolean isFor(DeviceMark mark, UserModel user) {
        return verified(mark)
                .map(hash -> same(account(hash, user), mark.account()))
                .orElse(false);
    }

    /** What the mark's hashes were made with, if its signature is right. */
    private Optional<KeyedHash> verified(DeviceMark mark) {
        return claims(mark)
                ? RealmSecret.of(session, realm, PURPOSE, mark.kid())
                        .map(KeyedHash::new)
                        .filter(hash -> same(signature(hash, mark), mark.signature()))
                : Optional.empty();
    }

    private static String signature(KeyedHash hash, DeviceMark mark) {
        return hash.text(32, "mark", mark.signed());
    }

    private static String account(KeyedHash hash, UserModel user) {
        return hash.text(DeviceMark.BYTES, "account", user.getId());
    }

    /**
     * As accounts are told apart, and not as counters fold names: who has a name that looks like another's gets no budget
     * at that one.
     */
    private static String name(KeyedHash hash, String name) {
        return hash.text(DeviceMark.BYTES, "name", name.trim().toLowerCase(Locale.ROOT));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
