// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.spi.fake.FakeUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DeviceTest {

    private static final String DATA =
            "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}";
    private static final String SECRET = "{\"value\":\"abcdefghij0123456789\"}";
    private static final Envelope ENVELOPE =
            Envelope.parse("v1.k1." + "A".repeat(64)).orElseThrow();

    private static CredentialModel row(@Nullable String data, @Nullable String secret) {
        CredentialModel row = new CredentialModel();
        row.setId("row-1");
        row.setType("otp");
        row.setCredentialData(data);
        row.setSecretData(secret);
        return row;
    }

    private static Device device(OTPCredentialModel row) {
        return Device.of(row).orElseThrow();
    }

    @Test
    void aRowOfKeycloakIsADevice() {
        Device device = Device.of(row(DATA, SECRET)).orElseThrow();

        assertThat(device.id()).isEqualTo("row-1");
        assertThat(device.isCounter()).isFalse();
        assertThat(device.isMarked()).isFalse();
        assertThat(device.plain()).hasValue(Shop.SECRET);
        assertThat(device.row().getCredentialData()).isEqualTo(DATA);
        assertThat(device.row().getSecretData()).isEqualTo(SECRET);
        assertThat(device(Shop.byTime("row-2")).plain()).hasValue(Shop.SECRET);
        assertThat(device(Shop.byCounter("row-3", 7)).isCounter()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "0",
                "true",
                "\"totp\"",
                "[{\"subType\":\"totp\"}]",
                "{\"subType\":null,\"digits\":6,\"period\":30}",
                "{\"subType\":\"\",\"digits\":6,\"period\":30}",
                "{\"subType\":\"TOTP\",\"digits\":6,\"period\":30}",
                "{\"subType\":\"motp\",\"digits\":6,\"period\":30}",
                "{\"subType\":[\"totp\"],\"digits\":6,\"period\":30}",
                "{\"subType\":{\"totp\":1},\"digits\":6,\"period\":30}",
                "{\"subType\":\"totp\",\"digits\":[6],\"period\":30}",
                "{\"subType\":\"totp\",\"digits\":\"six\",\"period\":30}",
                "{\"subType\":\"totp\",\"digits\":99999999999999999999,\"period\":30}",
                "{\"subType\":\"totp\",\"digits\":1e99,\"period\":30}",
                "{\"subType\":\"totp\",\"digits\":6,\"period\":30,\"counter\":4294967296}",
                "{\"subType\":\"totp\",\"digits\":6,\"period\":{}}",
                "{\"subType\":\"totp\",\"digits\":6,\"period\":30,\"newField\":1}",
                "{\"subType\":\"totp\",\"digits\":6,\"period\":30,\"algorithm\":{}}",
                "{\"subType\":\"totp\",\"digits\":6,\"period\":30",
                "{\"subType\":\"totp\",,}",
                "\u0000"
            })
    void whatIsNoDataOfADeviceIsNone(@Nullable String data) {
        assertThat(Device.of(row(data, SECRET))).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "7",
                "\"abc\"",
                "{\"value\":null}",
                "{\"value\":[\"abc\"]}",
                "{\"value\":{}}",
                "{\"value\":\"abc\",\"salt\":\"x\"}",
                "{\"value\":\"abc"
            })
    void whatIsNoSecretOfADeviceIsNone(@Nullable String secret) {
        assertThat(Device.of(row(DATA, secret))).isEmpty();
    }

    @Test
    void deepAndLongTextsAreNoneEither() {
        assertThat(Device.of(row("[".repeat(100_000), SECRET))).isEmpty();
        assertThat(Device.of(row("{\"subType\":".repeat(100_000), SECRET))).isEmpty();
        assertThat(Device.of(row(DATA, "{\"x\":".repeat(100_000)))).isEmpty();
        assertThat(Device.of(row("{\"subType\":\"totp\",\"digits\":" + "9".repeat(100_000) + "}", SECRET)))
                .isEmpty();
    }

    @Test
    void rowsOfAnotherKindOrWithoutANameAreNone() {
        CredentialModel password = row(DATA, SECRET);
        password.setType("password");
        CredentialModel nameless = row(DATA, SECRET);
        nameless.setId(null);
        CredentialModel kindless = row(DATA, SECRET);
        kindless.setType(null);

        assertThat(Device.of(password)).isEmpty();
        assertThat(Device.of(nameless)).isEmpty();
        assertThat(Device.of(kindless)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',BASE32", "A,BASE32", "7,BASE32", "=,BASE32", "'',", "abc,HEX", "abc,''", "abc,GATEHOUSE_AES_GCM_V1"
    })
    void whatIsNoByteOrWrittenInAWayThatNobodyKnowsHasNoSecret(String value, @Nullable String encoding) {
        OTPCredentialModel row = OTPCredentialModel.createTOTP(value, 6, 30, "HmacSHA1", encoding);
        row.setId("row-1");

        assertThat(device(row).plain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASE32", "base32", "Base32"})
    void theSecretIsTheOneThatKeycloakWouldRead(String encoding) {
        for (String value : new String[] {"ME", "mfrgg", "MFRG-GZDF", "MFRGG===", "M1F8R0G", "AAAAAAAAAAAAAAAAAAAA"}) {
            OTPCredentialModel row = OTPCredentialModel.createTOTP(value, 6, 30, "HmacSHA1", encoding);
            row.setId("row-1");

            assertThat(device(row).plain()).as(value).hasValue(row.getDecodedSecret());
        }
    }

    @Test
    void whateverChangesTheRestOfTheRowStays() {
        OTPCredentialModel row = Shop.byCounter("row-1", 41);
        row.setUserLabel("my phone");
        row.setCreatedDate(17L);
        row.setFederationLink("ldap");
        Device device = device(row);

        for (OTPCredentialModel changed : new OTPCredentialModel[] {
            device.row(),
            device.sealed(ENVELOPE),
            device.unsealed(Shop.SECRET),
            device.counting(41).row()
        }) {
            assertThat(changed.getId()).isEqualTo("row-1");
            assertThat(changed.getType()).isEqualTo("otp");
            assertThat(changed.getUserLabel()).isEqualTo("my phone");
            assertThat(changed.getCreatedDate()).isEqualTo(17L);
            assertThat(changed.getFederationLink()).isEqualTo("ldap");
            assertThat(changed.getOTPCredentialData().getSubType()).isEqualTo("hotp");
            assertThat(changed.getOTPCredentialData().getDigits()).isEqualTo(6);
            assertThat(changed.getOTPCredentialData().getCounter()).isEqualTo(41);
            assertThat(changed.getOTPCredentialData().getPeriod()).isZero();
            assertThat(changed.getOTPCredentialData().getAlgorithm()).isEqualTo("HmacSHA1");
        }
        assertThat(device.counting(42).data().getCounter()).isEqualTo(42);
        assertThat(device.counting(42).data().getSecretEncoding()).isNull();
        assertThat(device.data().getCounter()).isEqualTo(41);
    }

    @Test
    void ofASealedRowNothingIsLeftThatKeycloakWouldTakeForASecret() {
        OTPCredentialModel sealed = device(Shop.byTime("row-1")).sealed(ENVELOPE);

        assertThat(device(sealed).isMarked()).isTrue();
        assertThat(device(sealed).value()).isEqualTo(ENVELOPE.text());
        assertThat(device(sealed).plain()).isEqualTo(Optional.empty());
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() ->
                        OTPCredentialModel.createFromCredentialModel(sealed).getDecodedSecret())
                .withMessageContaining(Device.SEALED);
    }

    @Test
    void unsealedItIsARowOfKeycloakAgain() {
        OTPCredentialModel unsealed =
                device(device(Shop.byTime("row-1")).sealed(ENVELOPE)).unsealed(Shop.SECRET);

        assertThat(OTPCredentialModel.createFromCredentialModel(unsealed).getDecodedSecret())
                .isEqualTo(Shop.SECRET);
        assertThat(unsealed.getSecretData()).doesNotContain("v1.");
    }

    @Test
    void theContextIsTheRowsOwn() {
        Device device = device(Shop.byTime("row-1"));
        FakeUser kim = new FakeUser("user-1", "kim", null);
        FakeUser lee = new FakeUser("user-2", "lee", null);

        assertThat(device.context(kim.model()))
                .isEqualTo(device(device.sealed(ENVELOPE)).context(kim.model()))
                .isEqualTo(device.counting(9).context(kim.model()))
                .isNotEqualTo(device.context(lee.model()))
                .isNotEqualTo(device(Shop.byTime("row-2")).context(kim.model()))
                .isNotEqualTo(device(Shop.byCounter("row-1", 0)).context(kim.model()));
        assertThat("abcdefghij0123456789".getBytes(StandardCharsets.UTF_8)).isEqualTo(Shop.SECRET);
    }
}
