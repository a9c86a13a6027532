// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.gatehouse.core.otp.Base32;
import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.TimeBasedOTP;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What holds where no realm has switched the guard on. */
class SealedOtpCredentialProviderTest {

    private final CapturedLog log = new CapturedLog(SealedOtpCredentialProvider.class);
    private final CapturedLog unsealed = new CapturedLog(DeviceSecrets.class);
    private final Shop shop = new Shop();

    @AfterEach
    void end() {
        log.close();
        unsealed.close();
    }

    private void seals() {
        shop.sealer.has("k1");
    }

    /** A row that somebody with access to the database wrote. */
    private void writes(CredentialModel row) {
        shop.kim.model().credentialManager().updateStoredCredential(row);
    }

    private static OTPCredentialModel with(CredentialModel row, String data, String value) {
        row.setCredentialData(data);
        row.setSecretData("{\"value\":\"" + value + "\"}");
        return OTPCredentialModel.createFromCredentialModel(row);
    }

    private String valueOf(String id) {
        return OTPCredentialModel.createFromCredentialModel(shop.stored(id))
                .getOTPSecretData()
                .getValue();
    }

    @Test
    void withoutKeysARowIsStoredAsKeycloakStoresIt() {
        OTPCredentialModel byTime = Shop.byTime("row-1");
        OTPCredentialModel byCounter = Shop.byCounter("row-2", 7);
        OTPCredentialModel nameless = Shop.byTime("");
        nameless.setId(null);

        shop.has(byTime);
        shop.has(byCounter);
        shop.has(nameless);

        assertThat(shop.kim.written())
                .extracting(CredentialModel::getSecretData)
                .containsExactly(byTime.getSecretData(), byCounter.getSecretData(), byTime.getSecretData());
        assertThat(shop.kim.written())
                .extracting(CredentialModel::getCredentialData)
                .containsExactly(byTime.getCredentialData(), byCounter.getCredentialData(), byTime.getCredentialData());
        assertThat(shop.kim.credentials())
                .hasSize(3)
                .startsWith("row-1", "row-2")
                .doesNotContainNull();
    }

    @Test
    void withoutKeysCodesAreCheckedAsKeycloakDoes() {
        shop.has(Shop.byTime("row-1"));
        String code = Shop.codeOfToday();

        assertThat(shop.isValid("row-1", code.substring(0, 3) + " " + code.substring(3)))
                .isFalse();
        assertThat(shop.isValid("row-1", code)).isTrue();
        assertThat(shop.isValid("row-1", code)).isFalse();
        assertThat(shop.kim.written()).hasSize(1);

        shop.realm.codes().setCodeReusable(true);
        assertThat(shop.isValid("row-1", code)).isTrue();
        assertThat(shop.isValid("row-1", code)).isTrue();
    }

    @Test
    void withoutKeysTheCounterMovesAsKeycloakMovesIt() {
        shop.has(Shop.byCounter("row-1", 7));

        assertThat(shop.isValid("row-1", Shop.counterCode(8))).isTrue();
        assertThat(shop.data("row-1").getCounter()).isEqualTo(9);
        assertThat(shop.isValid("row-1", Shop.counterCode(8))).isFalse();
        assertThat(shop.stored("row-1").getSecretData())
                .isEqualTo(Shop.byCounter("row-1", 7).getSecretData());
    }

    @Test
    void withKeysNoSecretEverReachesTheDatabase() {
        seals();
        shop.has(Shop.byTime("row-1"));
        shop.has(Shop.byCounter("row-2", 7));

        assertThat(shop.isSealed("row-1")).isTrue();
        assertThat(shop.isSealed("row-2")).isTrue();
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
        assertThat(shop.isValid("row-2", Shop.counterCode(7))).isTrue();
        assertThat(shop.isValid("row-2", "000000")).isFalse();
        Shop.haveNoSecret(shop.kim.written());
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void aDeviceIsNamedBeforeItIsSealed() {
        seals();
        OTPCredentialModel nameless = Shop.byTime("");
        nameless.setId(null);

        CredentialModel created = shop.provider().createCredential(shop.realm.model(), shop.kim.model(), nameless);

        assertThat(created.getId()).isNotBlank();
        assertThat(shop.isValid(created.getId(), Shop.codeOfToday())).isTrue();
    }

    @Test
    void aSealedDeviceTakesACodeOnceAndAsOftenAsThePolicyHasIt() {
        seals();
        shop.has(Shop.byTime("row-1"));
        String code = Shop.codeOfToday();

        assertThat(shop.isValid("row-1", code.substring(0, 3) + " " + code.substring(3)))
                .isFalse();
        assertThat(shop.isValid("row-1", code)).isTrue();
        assertThat(shop.isValid("row-1", code)).isFalse();

        shop.realm.codes().setCodeReusable(true);
        assertThat(shop.isValid("row-1", code)).isTrue();
        assertThat(shop.isValid("row-1", code)).isTrue();
    }

    @Test
    void theCounterOfASealedDeviceMovesAndItsSecretStaysWhereItIs() {
        seals();
        shop.has(Shop.byCounter("row-1", 7));
        String sealed = valueOf("row-1");

        assertThat(shop.isValid("row-1", Shop.counterCode(8))).isTrue();
        assertThat(shop.data("row-1").getCounter()).isEqualTo(9);
        assertThat(valueOf("row-1")).isEqualTo(sealed);
        for (int older = 6; older < 9; older++) {
            assertThat(shop.isValid("row-1", Shop.counterCode(older))).isFalse();
        }
        assertThat(shop.isValid("row-1", Shop.counterCode(11))).isFalse();
        assertThat(shop.isValid("row-1", Shop.counterCode(9))).isTrue();
        Shop.haveNoSecret(shop.kim.written());
    }

    @Test
    void aDeviceOfAShortPeriodOrFewDigitsWorksWithoutTheGuard() {
        seals();
        OTPCredentialModel odd =
                OTPCredentialModel.createTOTP(Base32.encode(Shop.SECRET), 4, 120, "HmacSHA1", "BASE32");
        odd.setId("row-1");
        shop.has(odd);

        String code = new TimeBasedOTP("HmacSHA1", 4, 120, 1).generateTOTP(Shop.SECRET);
        assertThat(shop.isValid("row-1", code)).isTrue();
    }

    @Test
    void onceTheKeysAreGoneASealedDeviceStaysADeviceAndNothingPasses() {
        seals();
        shop.has(Shop.byTime("row-1"));
        shop.sealer.has();

        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isFalse();
        assertThat(shop.provider().getCredentialFromModel(shop.stored("row-1")).getId())
                .isEqualTo("row-1");
        assertThat(shop.kim
                        .model()
                        .credentialManager()
                        .getStoredCredentialsByTypeStream("otp")
                        .count())
                .isEqualTo(1);
        assertThat(log.errors())
                .containsExactly(
                        "The secret of OTP credential row-1 of user user-1 in realm shop cannot be used: no key k1");
    }

    @Test
    void withoutThisPackKeycloakLetsNobodyInByASealedDevice() {
        seals();
        shop.has(Shop.byTime("row-1"));
        OTPCredentialProvider keycloaks =
                new OTPCredentialProvider(shop.server.request(shop.realm).model());

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> keycloaks.isValid(
                        shop.realm.model(),
                        shop.kim.model(),
                        new UserCredentialModel("row-1", "otp", Shop.codeOfToday())))
                .withMessageContaining(Device.SEALED);
    }

    /** What one who writes to the database could do to the row of a sealed device. */
    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("digits", change(data -> data.replace("\"digits\":6", "\"digits\":7"))),
                Arguments.of("period", change(data -> data.replace("\"period\":30", "\"period\":31"))),
                Arguments.of("algorithm", change(data -> data.replace("HmacSHA1", "HmacSHA256"))),
                Arguments.of("no algorithm", change(data -> data.replace("\"HmacSHA1\"", "null"))),
                Arguments.of("type", change(data -> data.replace("totp", "hotp"))),
                Arguments.of("unknown type", change(data -> data.replace("totp", "motp"))),
                Arguments.of("mark in lower case", change(data -> data.replace("GATEHOUSE", "gatehouse"))),
                Arguments.of("no mark", change(data -> data.replace("\"GATEHOUSE_AES_GCM_V1\"", "null"))),
                Arguments.of("empty mark", change(data -> data.replace("GATEHOUSE_AES_GCM_V1", ""))),
                Arguments.of("another encoding", change(data -> data.replace("GATEHOUSE_AES_GCM_V1", "BASE32"))));
    }

    private static UnaryOperator<String> change(UnaryOperator<String> change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aSealedRowThatSomebodyChangedDoesNotOpen(String what, UnaryOperator<String> change) {
        seals();
        shop.has(Shop.byTime("row-1"));
        CredentialModel row = shop.stored("row-1");
        String changed = change.apply(row.getCredentialData());
        assertThat(changed).as(what).isNotEqualTo(row.getCredentialData());
        row.setCredentialData(changed);
        writes(row);

        for (String code : List.of(Shop.codeOfToday(), ofText(valueOf("row-1")))) {
            assertThat(shop.isValid("row-1", code)).isFalse();
        }
    }

    /** The code that the envelope's own text makes, which whoever reads the database can work out. */
    private static String ofText(String value) {
        return new TimeBasedOTP("HmacSHA1", 6, 30, 1).generateTOTP(value);
    }

    @Test
    void theEnvelopeOfAnotherRowOrUserDoesNotOpen() {
        seals();
        shop.has(Shop.byTime("row-1"));
        shop.has(Shop.byTime("row-2"));
        String data = shop.stored("row-2").getCredentialData();
        writes(with(shop.stored("row-2"), data, valueOf("row-1")));
        shop.lee.store(shop.stored("row-1"));

        assertThat(shop.isValid("row-2", Shop.codeOfToday())).isFalse();
        assertThat(shop.isValid(shop.lee, "row-1", Shop.codeOfToday())).isFalse();
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
    }

    @Test
    void anEnvelopeWithAnyLetterChangedDoesNotOpen() {
        seals();
        shop.has(Shop.byTime("row-1"));
        String data = shop.stored("row-1").getCredentialData();
        String value = valueOf("row-1");

        for (int i = 0; i < value.length(); i++) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            writes(with(shop.stored("row-1"), data, value.substring(0, i) + other + value.substring(i + 1)));
            assertThat(shop.isValid("row-1", Shop.codeOfToday()))
                    .as("letter %s", i)
                    .isFalse();
        }
        writes(with(shop.stored("row-1"), data, value));
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
    }

    @Test
    void aSecretInClearIsUsedAsLongAsThatIsAllowed() {
        shop.has(Shop.byTime("row-1"));
        seals();
        shop.acceptsPlain = false;
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isFalse();
        assertThat(log.errors()).singleElement().asString().endsWith("not sealed");
        assertThat(shop.isSealed("row-1")).isFalse();

        shop.acceptsPlain = true;
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
        assertThat(shop.isSealed("row-1")).isTrue();

        shop.acceptsPlain = false;
        shop.realm.codes().setCodeReusable(true);
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
    }

    @Test
    void withoutKeysSecretsInClearAreUsedWhateverIsAllowedWhereThereAreKeys() {
        shop.acceptsPlain = false;
        shop.has(Shop.byTime("row-1"));

        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
    }

    @Test
    void onlyARightCodeSealsARow() {
        shop.has(Shop.byTime("row-1"));
        shop.has(Shop.byCounter("row-2", 7));
        seals();

        assertThat(shop.isValid("row-1", "000000x")).isFalse();
        assertThat(shop.isValid("row-2", "000000x")).isFalse();
        assertThat(shop.isSealed("row-1")).isFalse();
        assertThat(shop.isSealed("row-2")).isFalse();
        int before = shop.kim.written().size();

        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
        assertThat(shop.isValid("row-2", Shop.counterCode(7))).isTrue();

        assertThat(shop.isSealed("row-1")).isTrue();
        assertThat(shop.isSealed("row-2")).isTrue();
        assertThat(shop.data("row-2").getCounter()).isEqualTo(8);
        List<CredentialModel> written = shop.kim.written();
        assertThat(written).hasSize(before + 2);
        Shop.haveNoSecret(written.subList(before, before + 2));
        assertThat(shop.isValid("row-2", Shop.counterCode(8))).isTrue();
    }

    @Test
    void aRowOfAnOlderKeyIsSealedAgainByTheNextRightCode() {
        seals();
        shop.has(Shop.byTime("row-1"));
        shop.sealer.has("k2", "k1");
        String before = valueOf("row-1");

        assertThat(shop.isValid("row-1", "000000x")).isFalse();
        assertThat(valueOf("row-1")).isEqualTo(before);
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();

        assertThat(valueOf("row-1")).startsWith("v1.k2.");
        shop.sealer.has("k2");
        shop.realm.codes().setCodeReusable(true);
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
    }

    @Test
    void whileNoKeySealsARightCodeIsRightAndTheRowStays() {
        shop.has(Shop.byTime("row-1"));
        seals();
        shop.sealer.sealsNothing();

        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
        assertThat(shop.isSealed("row-1")).isFalse();
    }

    @Test
    void aSecretThatIsTooLongToBeSealedGoesOnToBeUsed() {
        OTPCredentialModel long1 = OTPCredentialModel.createTOTP("x".repeat(1025), 6, 30, "HmacSHA1");
        long1.setId("row-1");
        shop.has(long1);
        seals();

        assertThat(shop.isValid("row-1", ofText("x".repeat(1025)))).isTrue();
        assertThat(shop.isSealed("row-1")).isFalse();
    }

    @Test
    void keysThatGoAwayInTheMiddleOfACheckAreNoErrorOfWhoeverAsked() {
        shop.realm.codes().setCodeReusable(true);
        for (int calls = 0; calls < 4; calls++) {
            shop.sealer.isGoneAfter(Integer.MAX_VALUE);
            shop.sealer.has("k1");
            String id = "row-" + calls;
            shop.has(Shop.byTime(id));
            shop.sealer.has("k2", "k1");
            shop.sealer.isGoneAfter(calls);

            assertThat(shop.isValid(id, Shop.codeOfToday())).isEqualTo(calls >= 2);
        }
        shop.sealer.isGoneAfter(Integer.MAX_VALUE);
        shop.sealer.has();
        shop.has(Shop.byTime("row-9"));
        shop.sealer.has("k1");
        shop.sealer.isGoneAfter(0);
        assertThat(shop.isValid("row-9", Shop.codeOfToday())).isTrue();
    }

    @Test
    void of24ParallelCopiesOfACodeOneIsRight() throws InterruptedException, ExecutionException {
        seals();
        shop.has(Shop.byTime("row-1"));

        assertThat(successes(() -> shop.isValid("row-1", Shop.codeOfToday()))).isEqualTo(1);
    }

    @Test
    void of24ParallelFirstUsesOneSealsTheRow() throws InterruptedException, ExecutionException {
        shop.has(Shop.byTime("row-1"));
        seals();

        assertThat(successes(() -> shop.isValid("row-1", Shop.codeOfToday()))).isEqualTo(1);
        assertThat(shop.kim.written()).hasSize(2);
        assertThat(shop.isSealed("row-1")).isTrue();
    }

    private static long successes(Callable<Boolean> question) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(24);
        try {
            List<Callable<Boolean>> copies = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                copies.add(question);
            }
            long right = 0;
            for (Future<Boolean> answer : threads.invokeAll(copies)) {
                right += answer.get() ? 1 : 0;
            }
            return right;
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "x", "-1", "12345", "1234567", "\u0000\u0000\u0000\u0000\u0000\u0000", "٠٠٠٠٠x"})
    void whatIsNoCodeIsWrong(@Nullable String typed) {
        shop.has(Shop.byTime("row-1"));
        assertThat(shop.isValid("row-1", typed)).isFalse();
        seals();
        shop.has(Shop.byTime("row-2"));
        assertThat(shop.isValid("row-2", typed)).isFalse();
        shop.guarded();
        assertThat(shop.isValid("row-2", typed)).isFalse();
    }

    @Test
    void aMegabyteIsWrongToo() {
        seals();
        shop.has(Shop.byTime("row-1"));
        assertThat(shop.isValid("row-1", "1".repeat(1 << 20))).isFalse();
        shop.guarded();
        assertThat(shop.isValid("row-1", "1".repeat(1 << 20))).isFalse();
    }

    @Test
    void onlyADeviceOfTheUsersOwnIsLookedAt() {
        seals();
        shop.has(Shop.byTime("row-1"));
        CredentialModel password = shop.stored("row-1");
        password.setId("row-2");
        password.setType("password");
        shop.kim.store(password);

        assertThat(shop.isValid(shop.lee, "row-1", Shop.codeOfToday())).isFalse();
        assertThat(shop.isValid("row-2", Shop.codeOfToday())).isFalse();
        assertThat(shop.isValid("", Shop.codeOfToday())).isFalse();
        assertThat(shop.isValid("gone", Shop.codeOfToday())).isFalse();
        CredentialInput other = Stub.of(CredentialInput.class)
                .is("getChallengeResponse", Shop.codeOfToday())
                .is("getCredentialId", "row-1")
                .get();
        assertThat(shop.provider().isValid(shop.realm.model(), shop.kim.model(), other))
                .isFalse();
        assertThat(shop.isValid("row-1", Shop.codeOfToday())).isTrue();
    }

    @Test
    void aSealedRowOfAnExportIsStoredAsItIs() {
        seals();
        shop.has(Shop.byTime("row-1"));
        CredentialModel exported = shop.stored("row-1");
        FakeUser again = new FakeUser("user-1", "kim", null);

        shop.provider()
                .createCredential(
                        shop.realm.model(), again.model(), OTPCredentialModel.createFromCredentialModel(exported));

        CredentialModel stored = again.written().get(0);
        assertThat(stored.getSecretData()).isEqualTo(exported.getSecretData());
        assertThat(stored.getCredentialData()).isEqualTo(exported.getCredentialData());
        assertThat(shop.isValid(again, "row-1", Shop.codeOfToday())).isTrue();
    }

    @Test
    void aSealedRowOfAnExportThatDoesNotOpenIsRefused() {
        seals();
        shop.has(Shop.byTime("row-1"));
        CredentialModel exported = shop.stored("row-1");
        CredentialModel renamed = shop.stored("row-1");
        renamed.setId("row-7");
        CredentialModel nameless = shop.stored("row-1");
        nameless.setId(null);

        isRefused(shop.lee, exported, "does not open");
        isRefused(shop.kim, renamed, "does not open");
        isRefused(shop.kim, nameless, "does not open");
        isRefused(shop.kim, with(shop.stored("row-1"), exported.getCredentialData(), "v1.k1"), "no envelope");
        shop.sealer.has("k2");
        isRefused(shop.kim, exported, "no key k1");
        shop.sealer.has();
        isRefused(shop.kim, exported, "no key k1");
        shop.sealer.has("k1").isGoneAfter(0);
        isRefused(shop.kim, exported, "the keys are away");
    }

    private void isRefused(FakeUser user, CredentialModel row, String why) {
        int before = user.written().size();
        assertThatExceptionOfType(ModelValidationException.class)
                .isThrownBy(() -> shop.provider()
                        .createCredential(
                                shop.realm.model(), user.model(), OTPCredentialModel.createFromCredentialModel(row)))
                .withMessageStartingWith("An OTP credential cannot be stored: ")
                .withMessageContaining(why)
                .withMessageNotContaining("abcdefghij");
        assertThat(user.written()).hasSize(before);
    }

    @Test
    void anEnvelopeWithoutItsMarkIsRefused() {
        seals();
        shop.has(Shop.byTime("row-1"));
        Envelope envelope = Envelope.parse(valueOf("row-1")).orElseThrow();

        for (String encoding : new String[] {null, "BASE32", "base32", "gatehouse_aes_gcm_v1"}) {
            for (String value : List.of(envelope.text(), "v1.k1.xxx", " V2.abc")) {
                OTPCredentialModel row = OTPCredentialModel.createTOTP(value, 6, 30, "HmacSHA1", encoding);
                row.setId("row-2");
                isRefused(shop.kim, row, "unmarked");
            }
        }
    }

    @Test
    void whatCannotBeSealedIsRefusedWhereThereAreKeys() {
        seals();
        isRefused(shop.kim, OTPCredentialModel.createTOTP("", 6, 30, "HmacSHA1"), "unreadable");
        isRefused(shop.kim, OTPCredentialModel.createTOTP("A", 6, 30, "HmacSHA1", "BASE32"), "unreadable");
        isRefused(shop.kim, OTPCredentialModel.createTOTP("abcd", 6, 30, "HmacSHA1", "HEX"), "unreadable");
        isRefused(shop.kim, OTPCredentialModel.createTOTP("x".repeat(1025), 6, 30, "HmacSHA1"), "too long");
        isRefused(
                shop.kim,
                with(Shop.byTime("row-1"), "{\"subType\":\"motp\",\"digits\":6,\"period\":30}", "abcdefghij0123456789"),
                "none that could be sealed");
        shop.has(OTPCredentialModel.createTOTP("x".repeat(1024), 6, 30, "HmacSHA1"));
        assertThat(shop.kim.written()).hasSize(1);
    }

    @Test
    void whileNoKeySealsANewSecretStaysInClearWhereThatIsAllowedAndIsRefusedElsewhere() {
        seals();
        shop.sealer.sealsNothing();

        shop.has(Shop.byTime("row-1"));
        assertThat(shop.stored("row-1").getSecretData())
                .isEqualTo(Shop.byTime("row-1").getSecretData());
        assertThat(unsealed.warnings())
                .containsExactly(
                        "The secret of OTP credential row-1 of user user-1 in realm shop is not sealed: there is no "
                                + "key that all nodes have");

        shop.acceptsPlain = false;
        isRefused(shop.kim, Shop.byTime("row-2"), "no key that all nodes have");
    }

    @Test
    void whereNoKeyCanBeHadANewSecretIsRefusedAlways() {
        shop.sealer.has("k1").isGoneAfter(0);

        isRefused(shop.kim, Shop.byTime("row-1"), "no key can be had");
    }
}
