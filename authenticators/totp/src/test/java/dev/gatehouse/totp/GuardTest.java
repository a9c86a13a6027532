// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.otp.Base32;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.limit.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guard of a realm adds, on sealed secrets and on those in clear. */
class GuardTest {

    private static final String WRONG = "wrong!";

    private final CapturedLog log = new CapturedLog(SealedOtpCredentialProvider.class);
    private final Shop shop = new Shop().guarded();

    @AfterEach
    void end() {
        log.close();
    }

    private void has(OTPCredentialModel device) {
        shop.sealer.has("k1");
        shop.has(device);
    }

    private void guessesWrong(String id, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(shop.isValid(id, WRONG)).isFalse();
        }
    }

    private boolean isRight(String typed) {
        return shop.isValid("row-1", typed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCodesOfThreeStepsAreRightAndNoOther(boolean sealed) {
        shop.sealer.has(sealed ? new String[] {"k1"} : new String[0]);
        for (int steps = -4; steps <= 4; steps++) {
            String id = "row of " + steps;
            shop.has(Shop.byTime(id));
            assertThat(shop.isValid(id, shop.code(steps))).as("%s steps", steps).isEqualTo(Math.abs(steps) <= 1);
            shop.limiter.clear(shop.realm.model(), shop.kim.model());
            shop.time.pass(Duration.ofDays(1));
        }
    }

    @Test
    void howFarAClockMayBeOffIsNeverMoreThanAStep() {
        has(Shop.byTime("row-1"));
        shop.realm.codes().setLookAheadWindow(50);
        assertThat(isRight(shop.code(2))).isFalse();
        assertThat(isRight(shop.code(-2))).isFalse();
        assertThat(isRight(shop.code(1))).isTrue();
    }

    @Test
    void aCodeIsRightOnceAndNoneBeforeTheNewest() {
        has(Shop.byTime("row-1"));

        assertThat(isRight(shop.code(0))).isTrue();
        assertThat(isRight(shop.code(0))).isFalse();
        assertThat(isRight(shop.code(-1))).isFalse();
        assertThat(isRight(shop.code(1))).isTrue();
        assertThat(isRight(shop.code(0))).isFalse();
    }

    @Test
    void anOlderCodeBeforeANewerOneIsRight() {
        has(Shop.byTime("row-1"));

        assertThat(isRight(shop.code(-1))).isTrue();
        assertThat(isRight(shop.code(0))).isTrue();
        assertThat(isRight(shop.code(1))).isTrue();
    }

    @Test
    void aCodeIsNotRightOnceMoreAsTimePasses() {
        has(Shop.byTime("row-1"));
        String next = shop.code(1);
        assertThat(isRight(next)).isTrue();

        for (int i = 0; i < 8; i++) {
            shop.time.pass(Duration.ofSeconds(15));
            assertThat(isRight(next)).isFalse();
            shop.failed.clear("user-1");
        }
    }

    @Test
    void aPolicyThatAllowsCodesTwiceDoesNotHold() {
        shop.realm.codes().setCodeReusable(true);
        has(Shop.byTime("row-1"));

        assertThat(isRight(shop.code(0))).isTrue();
        assertThat(isRight(shop.code(0))).isFalse();
    }

    @Test
    void aCodeMayBeTypedInGroups() {
        has(Shop.byTime("row-1"));
        String code = shop.code(0);

        assertThat(isRight(" " + code.substring(0, 3) + " " + code.substring(3)))
                .isTrue();
    }

    @Test
    void theSixthGuessInFiveMinutesIsRefusedEvenIfItIsRight() {
        has(Shop.byTime("row-1"));
        guessesWrong("row-1", 5);

        assertThat(isRight(shop.code(0))).isFalse();
        assertThat(shop.failed.inARow("user-1")).isEqualTo(5);

        shop.time.pass(Duration.ofMinutes(5));
        assertThat(isRight(shop.code(0))).isTrue();
    }

    @Test
    void allDevicesOfAnAccountHaveOneBudgetAndAnotherAccountHasItsOwn() {
        has(Shop.byTime("row-1"));
        shop.has(Shop.byTime("row-2"));
        shop.provider().createCredential(shop.realm.model(), shop.lee.model(), Shop.byTime("row-3"));
        guessesWrong("row-1", 3);
        guessesWrong("row-2", 2);

        assertThat(shop.isValid("row-2", shop.code(0))).isFalse();
        assertThat(shop.isValid(shop.lee, "row-3", shop.code(0))).isTrue();
    }

    @Test
    void aRightCodeGivesItsOwnTryBackAndNoOther() {
        has(Shop.byTime("row-1"));
        guessesWrong("row-1", 4);
        assertThat(isRight(shop.code(0))).isTrue();
        assertThat(shop.limiter.givenBack()).hasSize(1);

        assertThat(isRight(shop.code(1))).isTrue();
        guessesWrong("row-1", 1);
        shop.time.pass(Duration.ofSeconds(90));
        assertThat(isRight(shop.code(0))).isFalse();
    }

    @Test
    void noMoreThan30GuessesADay() {
        has(Shop.byTime("row-1"));
        for (int i = 0; i < 6; i++) {
            guessesWrong("row-1", 5);
            shop.time.pass(Duration.ofMinutes(5));
        }

        assertThat(isRight(shop.code(0))).isFalse();
        assertThat(shop.failed.inARow("user-1")).isEqualTo(30);
    }

    @Test
    void aFirstDeviceOpensWhatGuessingShut() {
        fail100Times();

        has(Shop.byTime("row-1"));

        assertThat(shop.failed.inARow("user-1")).isZero();
        assertThat(isRight(shop.code(0))).isTrue();
    }

    @Test
    void aFurtherDeviceDoesNotOpenIt() {
        has(Shop.byTime("row-1"));
        fail100Times();

        has(Shop.byTime("row-2"));

        assertThat(shop.failed.inARow("user-1")).isEqualTo(100);
        assertThat(isRight(shop.code(0))).isFalse();
    }

    private void fail100Times() {
        for (int i = 0; i < 100; i++) {
            shop.failed.add("realm-1", "user-1");
        }
    }

    @Test
    void after100WrongOnesInARowTheFactorIsShut() {
        has(Shop.byTime("row-1"));
        while (shop.failed.inARow("user-1") < 99) {
            shop.time.pass(Duration.ofDays(1));
            guessesWrong("row-1", Math.min(5, 99 - shop.failed.inARow("user-1")));
        }
        shop.time.pass(Duration.ofDays(1));
        assertThat(isRight(shop.code(0))).isTrue();
        assertThat(shop.failed.inARow("user-1")).isZero();

        for (int i = 0; i < 20; i++) {
            shop.time.pass(Duration.ofDays(1));
            guessesWrong("row-1", 5);
        }
        shop.time.pass(Duration.ofDays(1));
        int given = shop.limiter.givenBack().size();
        assertThat(shop.failed.inARow("user-1")).isEqualTo(100);
        assertThat(isRight(shop.code(0))).isFalse();
        assertThat(shop.failed.inARow("user-1")).isEqualTo(100);
        assertThat(shop.limiter.givenBack()).hasSize(given);

        shop.failed.clear("user-1");
        assertThat(isRight(shop.code(0))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.Outcome.class,
            names = {"REFUSED", "DENIED", "UNAVAILABLE"})
    void whereATryCannotBeCountedNothingIsCompared(Verdict.Outcome outcome) {
        has(Shop.byTime("row-1"));
        shop.limiter.answers("otp", new Verdict(outcome, "otp", Duration.ZERO, null));
        shop.sealer.isGoneAfter(0);

        assertThat(isRight(shop.code(0))).isFalse();
        assertThat(shop.failed.inARow("user-1")).isZero();
        // The secret was not looked at, or the log would tell.
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void aSecretThatCannotBeReadCostsTriesButShutsNoFactor() {
        has(Shop.byTime("row-1"));
        shop.sealer.has("k2");

        for (int i = 0; i < 9; i++) {
            assertThat(isRight(shop.code(0))).isFalse();
        }

        assertThat(shop.failed.inARow("user-1")).isZero();
        assertThat(log.errors()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "5,30,HmacSHA1",
        "9,30,HmacSHA1",
        "0,30,HmacSHA1",
        "6,14,HmacSHA1",
        "6,61,HmacSHA1",
        "6,0,HmacSHA1",
        "6,30,HmacMD5",
        "6,30,"
    })
    void aDeviceOutOfBoundsIsRefused(int digits, int period, String algorithm) {
        OTPCredentialModel odd =
                OTPCredentialModel.createTOTP(Base32.encode(Shop.SECRET), digits, period, algorithm, "BASE32");
        odd.setId("row-1");
        has(odd);

        assertThat(isRight(shop.code(0))).isFalse();
        assertThat(shop.failed.inARow("user-1")).isZero();
        assertThat(log.errors()).singleElement().asString().contains("must have 6 to 8 digits");
    }

    @Test
    void ofParallelGuessesFiveAreCompared() throws InterruptedException, ExecutionException {
        has(Shop.byTime("row-1"));

        assertThat(successes(() -> isRight(WRONG))).isZero();

        assertThat(shop.failed.inARow("user-1")).isEqualTo(5);
    }

    @Test
    void of24ParallelCopiesOfACodeOneIsRight() throws InterruptedException, ExecutionException {
        has(Shop.byTime("row-1"));
        String code = shop.code(0);

        assertThat(successes(() -> isRight(code))).isEqualTo(1);
    }

    @Test
    void of24ParallelCopiesOfACodeByCounterOneIsRight() throws InterruptedException, ExecutionException {
        has(Shop.byCounter("row-1", 7));

        assertThat(successes(() -> isRight(Shop.counterCode(7)))).isEqualTo(1);
        assertThat(shop.data("row-1").getCounter()).isEqualTo(8);
        Shop.haveNoSecret(shop.kim.written());
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
    @ValueSource(booleans = {true, false})
    void aCodeByCounterIsRightOnceAndNoneBeforeIt(boolean sealed) {
        shop.sealer.has(sealed ? new String[] {"k1"} : new String[0]);
        shop.has(Shop.byCounter("row-1", 7));

        assertThat(isRight(Shop.counterCode(8))).isTrue();
        assertThat(shop.data("row-1").getCounter()).isEqualTo(9);
        assertThat(isRight(Shop.counterCode(8))).isFalse();
        assertThat(isRight(Shop.counterCode(7))).isFalse();
        assertThat(isRight(Shop.counterCode(11))).isFalse();
        assertThat(isRight(Shop.counterCode(9))).isTrue();
        assertThat(shop.isSealed("row-1")).isEqualTo(sealed);
    }

    @Test
    void aRequestThatReadAnOlderCounterNeitherReusesWhatWasLeftOutNorSetsItBack() {
        has(Shop.byCounter("row-1", 7));
        CredentialModel before = shop.stored("row-1");
        assertThat(isRight(Shop.counterCode(8))).isTrue();

        // As a node has it that read the row before.
        shop.kim.model().credentialManager().updateStoredCredential(before);
        assertThat(isRight(Shop.counterCode(7))).isFalse();
        assertThat(isRight(Shop.counterCode(8))).isFalse();
        assertThat(shop.data("row-1").getCounter()).isEqualTo(7);
    }

    @Test
    void aCounterThatMovedOnMeanwhileIsNotSetBack() {
        has(Shop.byCounter("row-1", 7));
        CredentialModel further =
                Device.of(shop.stored("row-1")).orElseThrow().counting(40).row();
        // Between the look at the code and the change of the row another request is faster.
        shop.server
                .objects()
                .whenClaimed(() -> shop.kim.model().credentialManager().updateStoredCredential(further));

        assertThat(isRight(Shop.counterCode(7))).isTrue();

        assertThat(shop.data("row-1").getCounter()).isEqualTo(40);
    }

    @Test
    void theLastCounterOfAllIsNeverRight() {
        has(Shop.byCounter("row-1", Integer.MAX_VALUE));

        assertThat(isRight(Shop.counterCode(Integer.MAX_VALUE))).isFalse();
        assertThat(isRight(Shop.counterCode(Integer.MAX_VALUE + 1L))).isFalse();
        assertThat(shop.data("row-1").getCounter()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aRowInClearIsSealedInTheSameWriteThatMovesItsCounter() {
        shop.has(Shop.byCounter("row-1", 7));
        shop.sealer.has("k1");

        assertThat(isRight(Shop.counterCode(7))).isTrue();

        assertThat(shop.isSealed("row-1")).isTrue();
        assertThat(shop.data("row-1").getCounter()).isEqualTo(8);
        Shop.haveNoSecret(shop.kim.written().subList(1, shop.kim.written().size()));
    }
}
