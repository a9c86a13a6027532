// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

import dev.gatehouse.core.otp.OtpSecret;
import dev.gatehouse.core.otp.StepMatch;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Verdict;
import dev.gatehouse.spi.settings.RealmAttributes;
import dev.gatehouse.spi.singleuse.KeycloakSingleUseStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Keycloak's credential {@code otp}. It is one of that class because Keycloak's own forms, actions and pages ask for one.
 *
 * <p>A device whose secret cannot be read stays a device: a flow that asks for a second factor of whoever has one goes on to
 * ask, and nothing passes.
 */
final class SealedOtpCredentialProvider extends OTPCredentialProvider {

    private static final Logger LOG = Logger.getLogger(SealedOtpCredentialProvider.class);

    private final DeviceSecrets secrets;
    private final FailedCodesStore failed;
    private final InstantSource clock;

    SealedOtpCredentialProvider(
            KeycloakSession session, DeviceSecrets secrets, FailedCodesStore failed, InstantSource clock) {
        super(session);
        this.secrets = secrets;
        this.failed = failed;
        this.clock = clock;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, OTPCredentialModel credential) {
        if (credential.getId() == null) {
            // The secret is bound to the row, so the row needs its name first.
            credential.setId(KeycloakModelUtils.generateId());
        }
        Optional<Device> device = Device.of(credential);
        if (device.isEmpty() && secrets.areSealed(realm)) {
            throw new ModelValidationException("An OTP credential cannot be stored: it is none that could be sealed");
        }
        boolean ours =
                device.isPresent() && (secrets.areSealed(realm) || device.get().isMarked());
        if (isGuarded(realm) && !isConfiguredFor(realm, user)) {
            // The devices whose codes were guessed are gone, so what was shut opens.
            failed.clear(user.getId());
        }
        return super.createCredential(realm, user, ours ? secrets.toStore(realm, user, device.get()) : credential);
    }

    /**
     * Stores a device whose code was shown to be right. That code is used up.
     *
     * @throws org.keycloak.models.ModelDuplicateException if the user has a device of that name; nothing is stored then
     */
    void enrol(RealmModel realm, UserModel user, NewDevice device, OtpSecret secret, StepMatch proof) {
        CredentialModel row = createCredential(realm, user, device.row(secret));
        strict(realm).claims(row.getId(), proof);
    }

    private static boolean isGuarded(RealmModel realm) {
        return RealmAttributes.isOn(realm, OtpSettings.GUARD);
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        String typed = input.getChallengeResponse();
        String id = input.getCredentialId();
        if (!(input instanceof UserCredentialModel) || typed == null || id == null || id.isBlank()) {
            return false;
        }
        @Nullable CredentialModel row = user.credentialManager().getStoredCredentialById(id);
        Optional<Device> device = row == null ? Optional.empty() : Device.of(row);
        if (device.isEmpty()) {
            return false;
        }
        if (isGuarded(realm)) {
            return isGuardedValid(realm, user, device.get(), typed);
        }
        boolean ours = secrets.areSealed(realm) || device.get().isMarked();
        return ours
                ? check(
                                realm,
                                user,
                                device.get(),
                                typed,
                                new KeycloakComparison(realm.getOTPPolicy(), session.singleUseObjects()))
                        == Answer.RIGHT
                : super.isValid(realm, user, input);
    }

    private boolean isGuardedValid(RealmModel realm, UserModel user, Device device, String typed) {
        Guesses guesses = new Guesses(session.getProvider(Limiter.class), failed, realm, user);
        int inARow = guesses.inARow();
        if (inARow >= Guesses.MOST_IN_A_ROW) {
            LOG.debugf("Too many wrong codes in a row at user %s of realm %s", user.getId(), realm.getName());
            return false;
        }
        Verdict taken = guesses.take();
        if (!taken.goesOn()) {
            return false;
        }
        Answer answer = check(realm, user, device, typed, strict(realm));
        if (answer == Answer.RIGHT) {
            guesses.right(taken, inARow);
        } else if (answer == Answer.WRONG) {
            guesses.wrong();
        }
        return answer == Answer.RIGHT;
    }

    private StrictComparison strict(RealmModel realm) {
        return new StrictComparison(realm, new KeycloakSingleUseStore(session.singleUseObjects(), realm), clock);
    }

    private enum Answer {
        RIGHT,
        WRONG,
        /** Nothing was compared: whoever guessed learned nothing, and whoever typed a right code did nothing wrong. */
        NOT_COMPARED
    }

    private Answer check(RealmModel realm, UserModel user, Device device, String typed, Comparison comparison) {
        Reading reading = secrets.read(realm, user, device);
        if (reading instanceof Reading.Closed closed) {
            LOG.errorf(
                    "The secret of OTP credential %s of user %s in realm %s cannot be used: %s",
                    device.id(), user.getId(), realm.getName(), closed.reason());
            return Answer.NOT_COMPARED;
        }
        if (!comparison.canCompare(device)) {
            LOG.errorf(
                    "OTP credential %s of user %s in realm %s cannot be used: it must have 6 to 8 digits, a period from 15 to "
                            + "60 seconds and a known algorithm",
                    device.id(), user.getId(), realm.getName());
            return Answer.NOT_COMPARED;
        }
        Reading.Open open = (Reading.Open) reading;
        OptionalInt counter = comparison.counterAfter(device, open.secret(), typed);
        if (counter.isEmpty()) {
            return Answer.WRONG;
        }
        if (device.isCounter() || open.stale()) {
            store(realm, user, device.id(), counter.getAsInt(), open);
        }
        return Answer.RIGHT;
    }

    /**
     * Changes the row as it is now, as far as this request can see that: another may have sealed it or moved its counter
     * meanwhile.
     */
    private void store(RealmModel realm, UserModel user, String id, int counter, Reading.Open open) {
        @Nullable CredentialModel row = user.credentialManager().getStoredCredentialById(id);
        Optional<Device> now = row == null ? Optional.empty() : Device.of(row);
        if (now.isEmpty()) {
            return;
        }
        boolean moved = now.get().isCounter() && counter > now.get().data().getCounter();
        Device device = moved ? now.get().counting(counter) : now.get();
        Optional<OTPCredentialModel> sealed =
                open.stale() ? secrets.sealedAgain(realm, user, device, open.secret()) : Optional.empty();
        if (sealed.isPresent() || moved) {
            user.credentialManager().updateStoredCredential(sealed.orElseGet(device::row));
        }
    }
}
