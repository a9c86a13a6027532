// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A person's authenticator app (RFC 6238), already set up. */
final class Totp {

    private final byte[] secret;

    private Totp(byte[] secret) {
        this.secret = secret;
    }

    static Totp of(RealmResource realm, Person person) {
        String secret = UUID.randomUUID().toString().substring(0, 20);
        CredentialRepresentation otp = new CredentialRepresentation();
        otp.setType("otp");
        otp.setSecretData("{\"value\":\"" + secret + "\"}");
        otp.setCredentialData(
                "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
        UserRepresentation user = realm.users().get(person.id()).toRepresentation();
        user.setCredentials(List.of(otp));
        realm.users().get(person.id()).update(user);
        return new Totp(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The code of this moment. */
    String code() {
        return code(0);
    }

    /** The code of the next half minute, which the realm lets in already: no code works twice. */
    String nextCode() {
        return code(1);
    }

    private String code(int periodsAhead) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                    .putLong(System.currentTimeMillis() / 30_000 + periodsAhead)
                    .array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return String.format("%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA1", e);
        }
    }
}
