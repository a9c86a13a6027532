// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.gatehouse.core.otp.OtpSecret;
import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.spi.seal.SealingUnavailableException;
import dev.gatehouse.spi.seal.SecretSealer;
import org.jboss.logging.Logger;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** Seals the secrets of devices and reads them. */
final class DeviceSecrets {

    /** More than a sealer takes is no secret of a device. */
    private static final int MOST_BYTES = 1024;

    private static final Logger LOG = Logger.getLogger(DeviceSecrets.class);

    private final SecretSealer sealer;
    private final BooleanSupplier acceptsPlain;

    /** @param acceptsPlain whether secrets that are not sealed may still be used */
    DeviceSecrets(SecretSealer sealer, BooleanSupplier acceptsPlain) {
        this.sealer = sealer;
        this.acceptsPlain = acceptsPlain;
    }

    /** Whether secrets of {@code realm} are sealed. */
    boolean areSealed(RealmModel realm) {
        return sealer.isOn(realm);
    }

    /**
     * What is to be stored for a device that is new here. A sealed one, from an export, must open for this user and this
     * row.
     *
     * @throws ModelValidationException if it must not be stored
     */
    OTPCredentialModel toStore(RealmModel realm, UserModel user, Device device) {
        if (device.isMarked()) {
            if (read(realm, user, device) instanceof Reading.Closed closed) {
                throw refused(closed.reason());
            }
            return device.row();
        }
        if (Envelope.looksLike(device.value())) {
            throw refused("unmarked");
        }
        byte[] plain = device.plain().orElseThrow(() -> refused("unreadable"));
        if (plain.length > MOST_BYTES) {
            throw refused("too long");
        }
        Optional<OTPCredentialModel> sealed;
        try {
            sealed = sealer.seal(realm, plain, device.context(user)).map(device::sealed);
        } catch (SealingUnavailableException e) {
            tell(realm, user, device, String.valueOf(e.getMessage()));
            throw refused("no key can be had");
        }
        return sealed.orElseGet(() -> {
            if (!acceptsPlain.getAsBoolean()) {
                throw refused("no key that all nodes have");
            }
            tell(realm, user, device, "there is no key that all nodes have");
            return device.row();
        });
    }

    private static void tell(RealmModel realm, UserModel user, Device device, String why) {
        LOG.warnf(
                "The secret of OTP credential %s of user %s in realm %s is not sealed: %s",
                device.id(), user.getId(), realm.getName(), why);
    }

    private static ModelValidationException refused(String reason) {
        return new ModelValidationException("An OTP credential cannot be stored: " + reason);
    }

    /** The secret of a device that is stored. */
    Reading read(RealmModel realm, UserModel user, Device device) {
        if (device.isMarked()) {
            Optional<Envelope> envelope = Envelope.parse(device.value());
            return envelope.isEmpty() ? new Reading.Closed("no envelope") : open(realm, user, device, envelope.get());
        }
        if (Envelope.looksLike(device.value())) {
            // Somebody took the mark away: the text itself would be the secret.
            return new Reading.Closed("unmarked");
        }
        if (sealer.isOn(realm) && !acceptsPlain.getAsBoolean()) {
            return new Reading.Closed("not sealed");
        }
        return device.plain()
                .<Reading>map(bytes -> new Reading.Open(OtpSecret.existing(bytes), sealer.isOn(realm)))
                .orElseGet(() -> new Reading.Closed("unreadable"));
    }

    private Reading open(RealmModel realm, UserModel user, Device device, Envelope envelope) {
        try {
            Opening opening = sealer.open(realm, envelope, device.context(user));
            if (opening instanceof Opening.Opened opened) {
                return new Reading.Open(OtpSecret.existing(opened.plain()), !sealer.isCurrent(realm, envelope));
            }
            return new Reading.Closed(
                    opening instanceof Opening.UnknownKey unknown ? "no key " + unknown.keyId() : "does not open");
        } catch (SealingUnavailableException e) {
            return new Reading.Closed(String.valueOf(e.getMessage()));
        }
    }

    /** The row with its secret sealed by the key that seals now; empty while there is none, or if no key can be had. */
    Optional<OTPCredentialModel> sealedAgain(RealmModel realm, UserModel user, Device device, OtpSecret secret) {
        byte[] plain = secret.reveal();
        if (plain.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return sealer.seal(realm, plain, device.context(user)).map(device::sealed);
        } catch (SealingUnavailableException e) {
            // Whoever typed a right code is not to blame, and the row goes on as it is.
            tell(realm, user, device, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
