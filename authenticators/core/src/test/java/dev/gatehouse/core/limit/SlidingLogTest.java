// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlidingLogTest {

    private static final Rate TWO_A_SECOND = new Rate(2, Duration.ofSeconds(1));

    @Test
    void aTextIsReadAsItWasWritten() {
        SlidingLog log = SlidingLog.EMPTY;
        Random random = new Random(5);
        long at = 1_790_000_000_000L;
        for (int i = 0; i < Rate.MOST_PERMITS; i++) {
            at += random.nextInt(80_000);
            log = log.with(at, random.nextInt() & 0xFFFF_FFFFL);
        }

        assertThat(SlidingLog.parse(log.text()).text()).isEqualTo(log.text()).hasSizeLessThan(15_000);
        assertThat(SlidingLog.parse(SlidingLog.EMPTY.text()).isEmpty()).isTrue();
    }

    @Test
    void permitsKeepTheirNamesInATextAndAreTakenOutByThem() {
        SlidingLog log = SlidingLog.EMPTY.with(1000, 7).with(1000, 8).with(1005, 7);

        SlidingLog read = SlidingLog.parse(log.text());
        assertThat(read.without(SlidingLog.permit(1000, 8)).text())
                .isEqualTo(SlidingLog.EMPTY.with(1000, 7).with(1005, 7).text());
        assertThat(read.without(SlidingLog.permit(1005, 8))).isSameAs(read);
        assertThat(read.without(SlidingLog.permit(1000, 7))
                        .without(SlidingLog.permit(1000, 8))
                        .without(SlidingLog.permit(1005, 7))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aTryIsFoundByItsId() {
        SlidingLog log = SlidingLog.EMPTY.with(1000, 7).with(1005, 8);

        assertThat(log.permitOf(8)).contains(SlidingLog.permit(1005, 8));
        assertThat(log.permitOf(9)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ".", "a", "a.", ".a", "a.b c", "a.b  c.d", "a b", "a.b.c", "ä.ö", "1.1 "})
    void aTextThatIsNoLogHoldsNoTries(String text) {
        assertThat(SlidingLog.parse(text).isEmpty()).isTrue();
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append(". -az09é".charAt(random.nextInt(8)));
            }
            assertThat(SlidingLog.parse(text.toString())).isNotNull();
        }
    }

    @Test
    void aTryFromANodeWhoseClockIsBehindTakesItsPlaceInTime() {
        SlidingLog log = SlidingLog.EMPTY.with(2000, 1).with(1500, 2);

        assertThat(log.retryAfter(TWO_A_SECOND, 2000)).isEqualTo(Duration.ofMillis(500));
        assertThat(log.live(TWO_A_SECOND, 2500, 0).retryAfter(TWO_A_SECOND, 2500))
                .isZero();
        assertThat(SlidingLog.parse(log.text()).text()).isEqualTo(log.text());
    }

    @Test
    void aTryCountsUntilItsWindowIsOverAndNotAtThatMoment() {
        SlidingLog log = SlidingLog.EMPTY.with(1000, 1);

        assertThat(log.live(TWO_A_SECOND, 1999, 0).isEmpty()).isFalse();
        assertThat(log.live(TWO_A_SECOND, 2000, 0).isEmpty()).isTrue();
    }

    @Test
    void whatHappensInTheMillisecondOfAClearIsAfterIt() {
        SlidingLog log = SlidingLog.EMPTY.with(1000, 1);
        assertThat(log.live(TWO_A_SECOND, 1000, 1000).isEmpty()).isTrue();

        long at = SlidingLog.after(1000, 1000);
        assertThat(log.with(at, 2).live(TWO_A_SECOND, 1000, 1000).left(TWO_A_SECOND))
                .isEqualTo(1);
        assertThat(SlidingLog.after(1000, 5000)).isEqualTo(5000);
    }
}
