// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.gatehouse.core.otp.OtpContext;
import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.SealContext;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.dto.OTPCredentialData;
import org.keycloak.models.credential.dto.OTPSecretData;
import org.keycloak.models.utils.Base32;
import org.keycloak.util.JsonSerialization;

/**
 * A row of the credential {@code otp}.
 *
 * <p>Sealed, its secret is an envelope and its encoding says so, by a name that Keycloak does not know. Without that name
 * Keycloak, once the jar is gone, would take the envelope's own text for the secret, which everybody knows who can read the
 * database; with it, Keycloak refuses.
 */
final class Device {

    static final String SEALED = "GATEHOUSE_AES_GCM_V1";

    private final OTPCredentialModel row;

    /** @param federationLink of the row; the model of an OTP credential is made without it */
    private Device(OTPCredentialModel row, @Nullable String federationLink) {
        this.row = row;
        row.setFederationLink(federationLink);
    }

    /** The device of a row; empty for a row of another kind, or one that no OTP credential is written as. */
    static Optional<Device> of(CredentialModel row) {
        if (!OTPCredentialModel.TYPE.equals(row.getType())
                || row.getId() == null
                || row.getCredentialData() == null
                || row.getSecretData() == null) {
            return Optional.empty();
        }
        try {
            OTPCredentialData data = JsonSerialization.readValue(row.getCredentialData(), OTPCredentialData.class);
            OTPSecretData secret = JsonSerialization.readValue(row.getSecretData(), OTPSecretData.class);
            return data == null || secret == null || secret.getValue() == null || !isKnown(data.getSubType())
                    ? Optional.empty()
                    : Optional.of(
                            new Device(OTPCredentialModel.createFromCredentialModel(row), row.getFederationLink()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(@Nullable String subType) {
        return OTPCredentialModel.TOTP.equals(subType) || OTPCredentialModel.HOTP.equals(subType);
    }

    String id() {
        return row.getId();
    }

    /** The row as it is stored, but as a copy of its own. */
    OTPCredentialModel row() {
        return row;
    }

    OTPCredentialData data() {
        return row.getOTPCredentialData();
    }

    boolean isCounter() {
        return OTPCredentialModel.HOTP.equals(data().getSubType());
    }

    /** Whether the row says that its secret is sealed. */
    boolean isMarked() {
        return SEALED.equals(data().getSecretEncoding());
    }

    String value() {
        return row.getOTPSecretData().getValue();
    }

    /** The bytes of a secret that is not sealed; empty if it is written in a way that nobody knows, or is no byte. */
    Optional<byte[]> plain() {
        String encoding = data().getSecretEncoding();
        byte[] bytes;
        if (encoding == null) {
            bytes = value().getBytes(StandardCharsets.UTF_8);
        } else if (OTPCredentialModel.SecretEncoding.BASE32.name().equalsIgnoreCase(encoding)) {
            // Of a single letter, which makes no byte, the decoder can make nothing.
            bytes = value().length() < 2 ? new byte[0] : Base32.decode(value());
        } else {
            return Optional.empty();
        }
        return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
    }

    SealContext context(UserModel user) {
        OTPCredentialData data = data();
        return OtpContext.of(
                user.getId(), id(), data.getSubType(), data.getDigits(), data.getPeriod(), data.getAlgorithm());
    }

    /** The same row with its secret in {@code envelope}. */
    OTPCredentialModel sealed(Envelope envelope) {
        return with(SEALED, envelope.text(), data().getCounter()).row;
    }

    /** The same row with its secret in Base32, as Keycloak reads it. */
    OTPCredentialModel unsealed(byte[] secret) {
        return with(
                        OTPCredentialModel.SecretEncoding.BASE32.name(),
                        dev.gatehouse.core.otp.Base32.encode(secret),
                        data().getCounter())
                .row;
    }

    /** The same device with {@code next} as the counter that is expected. */
    Device counting(int next) {
        return with(data().getSecretEncoding(), value(), next);
    }

    private Device with(@Nullable String encoding, String value, int counter) {
        OTPCredentialData data = data();
        CredentialModel copy = new CredentialModel();
        copy.setId(row.getId());
        copy.setType(OTPCredentialModel.TYPE);
        copy.setUserLabel(row.getUserLabel());
        copy.setCreatedDate(row.getCreatedDate());
        try {
            copy.setSecretData(JsonSerialization.writeValueAsString(new OTPSecretData(value)));
            copy.setCredentialData(JsonSerialization.writeValueAsString(new OTPCredentialData(
                    data.getSubType(), data.getDigits(), counter, data.getPeriod(), data.getAlgorithm(), encoding)));
        } catch (IOException e) {
            throw new UncheckedIOException("The data of an OTP credential cannot be written", e);
        }
        return new Device(OTPCredentialModel.createFromCredentialModel(copy), row.getFederationLink());
    }
}
