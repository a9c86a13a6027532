// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A person's authenticator app (RFC 6238), already set up. */
final class Totp {

    static final long PERIOD_SECONDS = 30;

    private final byte[] secret;

    private Totp(byte[] secret) {
        this.secret = secret.clone();
    }

    static Totp of(RealmResource realm, Person person) {
        String secret = text();
        add(realm, person, secret, "totp");
        return of(secret);
    }

    /** An app, or a token of RFC 4226 whose codes have numbers instead of times. */
    static Totp countingOf(RealmResource realm, Person person) {
        String secret = text();
        add(realm, person, secret, "hotp");
        return of(secret);
    }

    /** An app of a secret that is the bytes of a text, as Keycloak makes them. */
    static Totp of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Totp of(byte[] secret) {
        return new Totp(secret);
    }

    private static String text() {
        return UUID.randomUUID().toString().substring(0, 20);
    }

    private static void add(RealmResource realm, Person person, String secret, String kind) {
        CredentialRepresentation otp = new CredentialRepresentation();
        otp.setType("otp");
        otp.setSecretData("{\"value\":\"" + secret + "\"}");
        otp.setCredentialData(
                "{\"subType\":\"" + kind + "\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
        UserRepresentation user = realm.users().get(person.id()).toRepresentation();
        user.setCredentials(List.of(otp));
        realm.users().get(person.id()).update(user);
    }

    /** The bytes that the app and the server share. */
    byte[] secret() {
        return secret.clone();
    }

    /** The code of this moment. */
    String code() {
        return code(0);
    }

    /** The code of the next half minute, which the realm lets in already: no code works twice. */
    String nextCode() {
        return code(1);
    }

    /** The code of the half minute before, which the realm still lets in. */
    String earlierCode() {
        return code(-1);
    }

    /** A code that is none of those that the realm lets in; another one for each number. */
    String wrong(int number) {
        List<String> right = List.of(code(-2), code(-1), code(0), code(1), code(2));
        int guess = number * 7919 % 1_000_000;
        while (right.contains(String.format("%06d", guess))) {
            guess++;
        }
        return String.format("%06d", guess);
    }

    /** The code of this number, of a token that counts. */
    String numbered(long counter) {
        return code(counter, 6);
    }

    /** The code of this moment with fewer or more digits than the app shows. */
    String code(long moment, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(moment).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return String.format("%0" + digits + "d", number % (long) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA1", e);
        }
    }

    private String code(int periodsAhead) {
        return code(now() + periodsAhead, 6);
    }

    /** The number of the current half minute. */
    static long now() {
        return System.currentTimeMillis() / 1000 / PERIOD_SECONDS;
    }

    /** Waits, if need be, until the current half minute lasts for so many seconds more. */
    static void awaitRoom(long seconds) {
        long left = PERIOD_SECONDS - System.currentTimeMillis() / 1000 % PERIOD_SECONDS;
        if (left < seconds) {
            try {
                TimeUnit.SECONDS.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for the next code", e);
            }
        }
    }
}
