// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsTest {

    private static final Setting<Duration> WAIT = Setting.duration("wait", "Wait", "How long.", "30s", "1s", "1h");
    private static final Setting<Integer> COUNT = Setting.integer("count", "Count", "How many.", 5, 1, 10);
    private static final Setting<Boolean> OPEN = Setting.flag("open", "Open", "Whether.", true);
    private static final List<Setting<?>> ALL = List.of(WAIT, COUNT, OPEN);

    private static Settings read(Map<String, String> given) {
        return Settings.read(ALL, given::get);
    }

    @Test
    void whatIsAbsentOrBlankHasItsDefault() {
        for (Map<String, String> given :
                List.<Map<String, String>>of(Map.of(), Map.of("wait", "", "count", "  ", "open", "\t"))) {
            Settings settings = read(given);

            assertThat(settings.problems()).isEmpty();
            assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(30));
            assertThat(settings.get(COUNT)).isEqualTo(5);
            assertThat(settings.get(OPEN)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"1s,1", "90s,90", "2m,120", "15 m,900", "1h,3600", " 30s ,30"})
    void aTimeIsANumberAndAUnit(String text, long seconds) {
        assertThat(read(Map.of("wait", text)).get(WAIT)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "61m", "2h", "30", "s", "-1s", "1.5m", "1m30s", "PT1M", "soon", "99999999999s", "1d"})
    void aTimeThatIsNotInRangeIsAProblemThatNamesKeyValueAndRule(String text) {
        Settings settings = read(Map.of("wait", text));

        assertThat(settings.problems()).hasSize(1);
        assertThat(settings.problems().get(0).sentence())
                .isEqualTo("wait is \"" + text
                        + "\" but must be a time from 1s to 1h, written as a number and s, m, h or d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "5.0", "five", "0x5", "1e1", "٥", "99999999999999999999"})
    void aNumberThatIsNotInRangeIsAProblem(String text) {
        assertThat(read(Map.of("count", text)).problems())
                .extracting(Settings.Problem::sentence)
                .containsExactly("count is \"" + text + "\" but must be a whole number from 1 to 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "TRUE", "1", "falsch"})
    void aSwitchIsTrueOrFalseAndNothingElse(String text) {
        assertThat(read(Map.of("open", text)).problems()).hasSize(1);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(read(Map.of("wait", "x", "count", "y", "open", "z")).problems())
                .extracting(Settings.Problem::key)
                .containsExactly("wait", "count", "open");
    }

    @Test
    void gibberishNeverThrows() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append((char) random.nextInt(0x250));
            }
            String value = text.toString();
            assertThat(Settings.read(ALL, key -> value).problems()).isNotNull();
        }
    }

    @Test
    void aDefaultThatItsOwnRuleRefusesIsAMistakeOfTheCode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.integer("n", "N", "N.", 11, 1, 10))
                .withMessage("n: the default 11 is not a whole number from 1 to 10");
    }

    @Test
    void onlyDeclaredSettingsCanBeAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.read(List.of(), key -> null).get(OPEN))
                .withMessage("open was not declared");
    }
}
