// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.security.SecureRandom;
import java.util.Optional;

import dev.gatehouse.core.otp.Base32;
import dev.gatehouse.core.otp.OtpSecret;
import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import dev.gatehouse.spi.seal.SecretSealer;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The secret of a device that is being set up. It is made here and waits here, in the notes of one tab, until a code proves
 * that the device has it; what a browser sends along is not looked at. With keys set it waits sealed.
 */
final class EnrolmentSecret {

    private static final String NOTE = "gatehouse.totp.enrolment";
    private static final int BYTES = 20;

    private final AuthenticationSessionModel tab;
    private final RealmModel realm;
    private final SecretSealer sealer;
    private final SealContext context;

    EnrolmentSecret(AuthenticationSessionModel tab, RealmModel realm, UserModel user, SecretSealer sealer) {
        this.tab = tab;
        this.realm = realm;
        this.sealer = sealer;
        this.context = SealContext.of(
                "otp-enrolment", user.getId(), tab.getParentSession().getId(), tab.getTabId());
    }

    /** The secret that waits; empty if none does, or if it is not for this user. */
    Optional<OtpSecret> waiting() {
        String note = tab.getAuthNote(NOTE);
        Optional<Envelope> envelope = Envelope.parse(note);
        if (envelope.isPresent()) {
            return sealer.open(realm, envelope.get(), context) instanceof Opening.Opened opened
                    ? Optional.of(OtpSecret.of(opened.plain()))
                    : Optional.empty();
        }
        return Base32.decode(note).filter(bytes -> bytes.length == BYTES).map(OtpSecret::of);
    }

    /** A new secret, which waits from now on. */
    OtpSecret make(SecureRandom random) {
        OtpSecret secret = OtpSecret.random(random);
        tab.setAuthNote(
                NOTE,
                sealer.seal(realm, secret.reveal(), context).map(Envelope::text).orElseGet(secret::base32));
        return secret;
    }

    void forget() {
        tab.removeAuthNote(NOTE);
    }
}
