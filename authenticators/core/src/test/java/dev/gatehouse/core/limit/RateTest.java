// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RateTest {

    @ParameterizedTest
    @CsvSource({
        "5/1m,5,60",
        "10/15m,10,900",
        "1/1s,1,1",
        "1000/1d,1000,86400",
        "60/1h,60,3600",
        "7/86400s,7,86400",
        "' 5 / 1 m ',5,60",
        "005/060s,5,60"
    })
    void aRateIsANumberASlashAndATime(String text, int permits, long seconds) {
        assertThat(Rate.parse(text)).contains(new Rate(permits, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "/",
                "5/",
                "/1m",
                "0/1m",
                "-1/1m",
                "1001/1m",
                "5/0s",
                "5/2d",
                "5/25h",
                "5/86401s",
                "5/1.5m",
                "5/1",
                "5/m",
                "5/1w",
                "5/1M",
                "5/1m/1m",
                "5/1m,5/1h",
                "5:1m",
                "5/PT1M",
                "five/1m",
                "٥/1m",
                "5/99999999999s",
                "99999999999/1m",
                "5/1m;",
                "0x5/1m"
            })
    void whatIsNoRateIsRefused(String text) {
        assertThat(Rate.parse(text)).isEmpty();
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(10); j > 0; j--) {
                text.append("0123456789/smhd ".charAt(random.nextInt(16)));
            }
            assertThat(Rate.parse(text.toString())).isNotNull();
        }
    }

    @Test
    void aRateOutOfItsBoundsIsAMistakeOfTheCode() {
        for (int permits : new int[] {0, -1, 1001, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Rate(permits, Duration.ofMinutes(1)));
        }
        for (Duration window : List.of(
                Duration.ZERO,
                Duration.ofMillis(999),
                Duration.ofMillis(1500),
                Duration.ofDays(1).plusSeconds(1),
                Duration.ofMinutes(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Rate(5, window))
                    .withMessageEndingWith(" is not " + Rate.RANGE);
        }
    }

    @Test
    void aMultipleIsNeverMoreThanARateCanHold() {
        Rate rate = new Rate(400, Duration.ofMinutes(1));

        assertThat(rate.times(2)).isEqualTo(new Rate(800, Duration.ofMinutes(1)));
        assertThat(rate.times(3)).isEqualTo(new Rate(1000, Duration.ofMinutes(1)));
    }

    @Test
    void aSettingHoldsARateAndSaysWhatItTakes() {
        Setting<Rate> setting = Rate.setting("rate", "Rate", "How many.", "5/1m");

        Settings given = Settings.read(List.of(setting), key -> "3/10s");
        assertThat(given.get(setting)).isEqualTo(new Rate(3, Duration.ofSeconds(10)));
        Settings wrong = Settings.read(List.of(setting), key -> "3 per hour");
        assertThat(wrong.get(setting)).isEqualTo(new Rate(5, Duration.ofMinutes(1)));
        assertThat(wrong.problems())
                .extracting(Settings.Problem::sentence)
                .containsExactly("rate is \"3 per hour\" but must be " + Rate.RANGE);
    }
}
