// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.secret;

import java.util.Optional;

import dev.gatehouse.core.secret.KeyedHash;
import org.jspecify.annotations.Nullable;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Secrets of a realm that nobody has to keep: each is derived for one purpose from the realm's own HMAC key, the one that
 * Keycloak signs its cookies with. Who knows one of them knows neither the key nor the secret of another purpose.
 *
 * <p>All nodes derive the same. A realm that gets a new active key gets new secrets; as long as the old key is kept as
 * a passive one, the old secrets are found under the old key's id.
 */
public final class RealmSecret {

    private RealmSecret() {}

    /**
     * The secret for {@code purpose} from the active key: 32 bytes. A realm without a key gets one from Keycloak, which
     * needs {@code realm} to be the realm of the session's context.
     */
    public static byte[] of(KeycloakSession session, RealmModel realm, String purpose) {
        return derive(active(session, realm), purpose);
    }

    /** The secret for {@code purpose} from the key with the id {@code kid}; empty if that key is gone or disabled. */
    public static Optional<byte[]> of(KeycloakSession session, RealmModel realm, String purpose, String kid) {
        @Nullable KeyWrapper key = session.keys().getKey(realm, kid, KeyUse.SIG, Algorithm.HS512);
        return Optional.ofNullable(key).map(found -> derive(found, purpose));
    }

    /** The id of the active key. */
    public static String activeKid(KeycloakSession session, RealmModel realm) {
        return active(session, realm).getKid();
    }

    private static KeyWrapper active(KeycloakSession session, RealmModel realm) {
        return session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512);
    }

    private static byte[] derive(KeyWrapper key, String purpose) {
        return new KeyedHash(key.getSecretKey()).of("gatehouse." + purpose);
    }
}
