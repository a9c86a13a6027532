// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.otp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.gatehouse.core.singleuse.InMemorySingleUseStore;
import dev.gatehouse.core.time.MovedTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeBasedCheckTest {

    private static final OtpSecret SECRET = OtpSecret.of(OtpTest.rfcSecret(OtpAlgorithm.SHA1));
    private static final OtpParameters USUAL = new OtpParameters(OtpAlgorithm.SHA1, 6, 30, 1);

    private static String code(OtpParameters parameters, long step) {
        return Otp.code(SECRET.reveal(), step, parameters.digits(), parameters.algorithm());
    }

    private static Optional<Long> step(OtpParameters parameters, Instant now, @Nullable String typed) {
        return TimeBasedCheck.match(SECRET, parameters, now, typed).map(StepMatch::step);
    }

    @ParameterizedTest
    @CsvSource({"59,94287082", "1111111109,07081804", "20000000000,65353130"})
    void codesOfRfc6238AreAcceptedInTheirStep(long second, String code) {
        OtpParameters eight = new OtpParameters(OtpAlgorithm.SHA1, 8, 30, 0);

        assertThat(step(eight, Instant.ofEpochSecond(second), code)).contains(second / 30);
        assertThat(step(eight, Instant.ofEpochSecond(second), code.substring(2)))
                .isEmpty();
        assertThat(step(USUAL, Instant.ofEpochSecond(second), code)).isEmpty();
        assertThat(step(USUAL, Instant.ofEpochSecond(second), code.substring(2)))
                .contains(second / 30);
    }

    @ParameterizedTest
    @CsvSource({"15,0", "15,1", "30,0", "30,1", "60,0", "60,1"})
    void aCodeIsAcceptedFromTheFirstSecondOfItsWindowToTheLast(int period, int drift) {
        OtpParameters parameters = new OtpParameters(OtpAlgorithm.SHA256, 8, period, drift);
        long step = 58_000_000;
        String code = code(parameters, step);
        Instant first = Instant.ofEpochSecond((step - drift) * period);
        Instant after = Instant.ofEpochSecond((step + 1 + drift) * period);

        assertThat(step(parameters, first.minusNanos(1), code)).isEmpty();
        assertThat(step(parameters, first.minusSeconds(1), code)).isEmpty();
        assertThat(step(parameters, first, code)).contains(step);
        assertThat(step(parameters, after.minusSeconds(1), code)).contains(step);
        assertThat(step(parameters, after.minusNanos(1), code)).contains(step);
        assertThat(step(parameters, after, code)).isEmpty();
    }

    @Test
    void aClockMayBeOffByAPeriodButNotByMore() {
        MovedTime time = new MovedTime();
        // The first second of a step.
        String typed = code(USUAL, TimeBasedCheck.step(USUAL, time.instant()));

        time.pass(Duration.ofSeconds(-30));
        assertThat(step(USUAL, time.instant(), typed)).isPresent();
        time.pass(Duration.ofSeconds(-1));
        assertThat(step(USUAL, time.instant(), typed)).isEmpty();
        time.pass(Duration.ofSeconds(31 + 59));
        assertThat(step(USUAL, time.instant(), typed)).isPresent();
        time.pass(Duration.ofSeconds(1));
        assertThat(step(USUAL, time.instant(), typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // found by search: with this secret these steps have one code
        "910737,910738,911617",
        "153567,153569,468457",
    })
    void ofTwoStepsWithOneCodeItIsTheNewer(long older, long newer, String code) {
        assertThat(code(USUAL, older)).isEqualTo(code(USUAL, newer)).isEqualTo(code);

        StepMatch match = TimeBasedCheck.match(SECRET, USUAL, Instant.ofEpochSecond((newer - 1) * 30), code)
                .orElseThrow();
        assertThat(match.step()).isEqualTo(newer);
        assertThat(match.older()).contains(older);
        assertThat(step(USUAL, Instant.ofEpochSecond((older - 1) * 30), code)).contains(older);
    }

    @Test
    void theMatchTellsWhatIsToBeClaimedWithIt() {
        Instant now = Instant.ofEpochSecond(1000 * 30);

        assertThat(TimeBasedCheck.match(SECRET, USUAL, now, code(USUAL, 999)))
                .contains(new StepMatch(999, List.of(998L), Duration.ofMinutes(2)));
        assertThat(TimeBasedCheck.match(SECRET, USUAL, now, code(USUAL, 1001)))
                .contains(new StepMatch(1001, List.of(1000L, 999L, 998L), Duration.ofMinutes(2)));
        OtpParameters exact = new OtpParameters(OtpAlgorithm.SHA1, 6, 60, 0);
        assertThat(TimeBasedCheck.match(SECRET, exact, now, code(exact, 500)))
                .contains(new StepMatch(500, List.of(499L), Duration.ofMinutes(2)));
    }

    @Test
    void withClaimsAloneNoStepIsAcceptedTwiceOrAfterALaterOne() {
        Random random = new Random(11);
        MovedTime time = new MovedTime();
        InMemorySingleUseStore store = new InMemorySingleUseStore(time);
        long newest = Long.MIN_VALUE;
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            time.pass(Duration.ofMillis(random.nextInt(20_000)));
            // Two nodes, one of them late by a period.
            Instant there = time.instant().minusSeconds(random.nextBoolean() ? 30 : 0);
            long shown = TimeBasedCheck.step(USUAL, time.instant()) - 3 + random.nextInt(6);
            Optional<StepMatch> match = TimeBasedCheck.match(SECRET, USUAL, there, code(USUAL, shown));
            if (match.isEmpty()) {
                continue;
            }
            boolean claimed = claim(store, match.get());
            assertThat(claimed).isEqualTo(match.get().step() > newest);
            accepted += claimed ? 1 : 0;
            refused += claimed ? 0 : 1;
            newest = Math.max(newest, match.get().step());
        }
        assertThat(accepted).isGreaterThan(1000);
        assertThat(refused).isGreaterThan(1000);
    }

    private static boolean claim(InMemorySingleUseStore store, StepMatch match) {
        if (!store.claim(Long.toString(match.step()), match.keep())) {
            return false;
        }
        for (long older : match.older()) {
            var unused = store.claim(Long.toString(older), match.keep());
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"287082", " 287 082 ", "287-082", "2 8 7 0 8 2", "\uff12\uff18\uff17\uff10\uff18\uff12"})
    void peopleTypeItAsTheyLike(String typed) {
        assertThat(step(USUAL, Instant.ofEpochSecond(59), typed)).contains(1L);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "28708", "2870820", "0287082", "00287082", "28708x", "287082;", "xxxxxx"})
    void whatIsNoCodeOfThatLengthMatchesNothing(@Nullable String typed) {
        assertThat(step(USUAL, Instant.ofEpochSecond(59), typed)).isEmpty();
    }

    @Test
    void anyInstantHasAnAnswer() {
        for (Instant now : new Instant[] {
            Instant.MIN,
            Instant.ofEpochSecond(-1),
            Instant.EPOCH,
            Instant.ofEpochMilli(Long.MAX_VALUE),
            Instant.ofEpochMilli(Long.MIN_VALUE),
            Instant.MAX
        }) {
            long step = TimeBasedCheck.step(USUAL, now);
            assertThat(step(USUAL, now, code(USUAL, step))).contains(step);
            assertThat(step(USUAL, now, "gibberish")).isEmpty();
        }
        assertThat(TimeBasedCheck.step(USUAL, Instant.ofEpochSecond(-1))).isEqualTo(-1);
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            assertThat(step(
                            USUAL,
                            Instant.ofEpochSecond(random.nextLong() >> 16),
                            new String(bytes, StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    @Test
    void aShortSecretThatExistsWorksToo() {
        OtpSecret shortOne = OtpSecret.existing(new byte[] {65});
        String code = Otp.code(new byte[] {65}, 1, 6, OtpAlgorithm.SHA1);

        assertThat(TimeBasedCheck.match(shortOne, USUAL, Instant.ofEpochSecond(59), code))
                .isPresent();
    }
}
