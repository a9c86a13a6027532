// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.gatehouse.core.otp.Base32;
import dev.gatehouse.core.otp.Otp;
import dev.gatehouse.core.otp.OtpAlgorithm;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeSealer;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.RecordingLimiter;
import dev.gatehouse.spi.limit.Limiter;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.dto.OTPCredentialData;
import org.keycloak.models.utils.TimeBasedOTP;

import static org.assertj.core.api.Assertions.assertThat;

/** A realm with two accounts, and the credential provider as Keycloak would make it for a request. */
final class Shop {

    static final byte[] SECRET = "abcdefghij0123456789".getBytes(StandardCharsets.UTF_8);

    final MovedTime time = new MovedTime();
    final FakeRealm realm = new FakeRealm("realm-1", "shop");
    final FakeServer server = new FakeServer(time).with(realm);
    final FakeUser kim = new FakeUser("user-1", "kim", "kim@example.org");
    final FakeUser lee = new FakeUser("user-2", "lee", "lee@example.org");
    final FakeSealer sealer = new FakeSealer();
    final RecordingLimiter limiter = new RecordingLimiter(time);
    final HeldFailedCodes failed = new HeldFailedCodes();
    boolean acceptsPlain = true;

    Shop() {
        server.provide(Limiter.class, null, limiter);
    }

    Shop guarded() {
        realm.attribute("gatehouse.otpGuard", "true");
        return this;
    }

    DeviceSecrets secrets() {
        return new DeviceSecrets(sealer, () -> acceptsPlain);
    }

    SealedOtpCredentialProvider provider() {
        return new SealedOtpCredentialProvider(server.request(realm).model(), secrets(), failed, time);
    }

    /** A device by time, as an enrolment makes it. */
    static OTPCredentialModel byTime(String id) {
        return named(id, OTPCredentialModel.createTOTP(Base32.encode(SECRET), 6, 30, "HmacSHA1", "BASE32"));
    }

    /** A device by counter, as Keycloak makes it. */
    static OTPCredentialModel byCounter(String id, int counter) {
        return named(
                id, OTPCredentialModel.createHOTP(new String(SECRET, StandardCharsets.UTF_8), 6, counter, "HmacSHA1"));
    }

    private static OTPCredentialModel named(String id, OTPCredentialModel row) {
        row.setId(id);
        return row;
    }

    /** Gives the first account a device, as it is stored with the keys of now. */
    void has(OTPCredentialModel device) {
        provider().createCredential(realm.model(), kim.model(), device);
    }

    boolean isValid(String id, @Nullable String typed) {
        return isValid(kim, id, typed);
    }

    boolean isValid(FakeUser user, String id, @Nullable String typed) {
        return provider().isValid(realm.model(), user.model(), new UserCredentialModel(id, "otp", typed));
    }

    /** The code that a device by time shows so many steps from now. */
    String code(int steps) {
        return counterCode(time.instant().getEpochSecond() / 30 + steps);
    }

    /** The code of a device by counter. */
    static String counterCode(long counter) {
        return Otp.code(SECRET, counter, 6, OtpAlgorithm.SHA1);
    }

    /** The code that a device shows by the machine's own clock, which Keycloak's classes go by. */
    static String codeOfToday() {
        return new TimeBasedOTP("HmacSHA1", 6, 30, 1).generateTOTP(SECRET);
    }

    CredentialModel stored(String id) {
        return Objects.requireNonNull(kim.stored(id));
    }

    OTPCredentialData data(String id) {
        return OTPCredentialModel.createFromCredentialModel(stored(id)).getOTPCredentialData();
    }

    boolean isSealed(String id) {
        return Device.SEALED.equals(data(id).getSecretEncoding());
    }

    /** No text of these rows has the secret, in whatever spelling. */
    static void haveNoSecret(List<CredentialModel> rows) {
        assertThat(rows).isNotEmpty();
        for (CredentialModel row : rows) {
            String text = (row.getSecretData() + row.getCredentialData() + row.getUserLabel()).toLowerCase(Locale.ROOT);
            for (String spelling : List.of(
                    new String(SECRET, StandardCharsets.UTF_8),
                    Base32.encode(SECRET),
                    HexFormat.of().formatHex(SECRET),
                    Base64.getEncoder().encodeToString(SECRET))) {
                assertThat(text).doesNotContain(spelling.toLowerCase(Locale.ROOT));
            }
        }
    }
}
