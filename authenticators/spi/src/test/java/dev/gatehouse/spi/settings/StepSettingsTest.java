// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticationExecutionModel;

import static org.assertj.core.api.Assertions.assertThat;

class StepSettingsTest {

    private static final Setting<Duration> WAIT = Setting.duration("wait", "Wait", "How long.", "30s", "1s", "1h");
    private static final Setting<Boolean> OPEN = Setting.flag("open", "Open", "Whether.", true);

    private final CapturedLog log = new CapturedLog(StepSettings.class);
    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final AuthenticationExecutionModel step = realm.step("execution-1", "gatehouse-thing");

    @AfterEach
    void endLog() {
        log.close();
    }

    private Optional<Settings> read() {
        return StepSettings.read(realm.model(), step, List.of(WAIT, OPEN));
    }

    private void hasDefaults() {
        assertThat(read()).hasValueSatisfying(settings -> {
            assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(30));
            assertThat(settings.get(OPEN)).isTrue();
        });
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aStepThatNobodyConfiguredHasTheDefaults() {
        hasDefaults();
    }

    @Test
    void aStepWhoseConfigurationIsGoneHasTheDefaults() {
        step.setAuthenticatorConfig("deleted");

        hasDefaults();
    }

    @Test
    void aConfigurationWithoutAnyValuesHasTheDefaults() {
        realm.configure(step, null);
        hasDefaults();

        realm.configure(step, Map.of());
        hasDefaults();

        realm.configure(step, Map.of("wait", "", "open", " ", "something", "else"));
        hasDefaults();
    }

    @Test
    void whatAnAdminSetHolds() {
        realm.configure(step, Map.of("wait", "2m", "open", "false"));

        assertThat(read()).hasValueSatisfying(settings -> {
            assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMinutes(2));
            assertThat(settings.get(OPEN)).isFalse();
        });
    }

    @Test
    void withWrongValuesThereAreNoSettingsAndOneWarningThatNamesStepFlowKeyValueAndRule() {
        realm.configure(step, Map.of("wait", "soon", "open", "yes"));

        assertThat(read()).isEmpty();
        assertThat(log.warnings())
                .containsExactly("Step gatehouse-thing of flow \"browser of ours\" in realm shop refuses to work: "
                        + "wait is \"soon\" but must be a time from 1s to 1h, written as a number and s, m, h or d; "
                        + "open is \"yes\" but must be true or false");
    }

    @Test
    void oneWrongValueIsEnoughToRefuse() {
        realm.configure(step, Map.of("wait", "2m", "open", "yes"));

        assertThat(read()).isEmpty();
    }

    @Test
    void theWarningDoesNotNeedAFlow() {
        realm.configure(step, Map.of("open", "yes"));
        step.setParentFlow("deleted");

        assertThat(read()).isEmpty();
        assertThat(log.warnings())
                .containsExactly("Step gatehouse-thing of flow \"?\" in realm shop refuses to work: "
                        + "open is \"yes\" but must be true or false");
    }

    private Settings readLeniently(ToldProblems told) {
        return StepSettings.readLeniently(realm.model(), step, List.of(WAIT, OPEN), told);
    }

    @Test
    void aLenientStepHasTheDefaultForEachWrongValueAndWhatWasSetForTheRest() {
        realm.configure(step, Map.of("wait", "soon", "open", "false"));

        Settings settings = readLeniently(new ToldProblems());

        assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.get(OPEN)).isFalse();
    }

    @Test
    void aLenientStepTellsWhatIsWrongOnceAndInOneLine() {
        ToldProblems told = new ToldProblems();
        realm.configure(step, Map.of("wait", "soon", "open", "yes"));

        readLeniently(told);
        readLeniently(told);

        assertThat(log.warnings())
                .containsExactly("Step gatehouse-thing of flow \"browser of ours\" in realm shop works without what is "
                        + "set wrong: wait is \"soon\" but must be a time from 1s to 1h, written as a number and s, m, "
                        + "h or d; open is \"yes\" but must be true or false");

        realm.configure(step, Map.of("wait", "later"));
        readLeniently(told);

        assertThat(log.warnings()).hasSize(2);
    }

    @Test
    void aLenientStepWithoutWrongValuesSaysNothing() {
        realm.configure(step, Map.of("wait", "2m"));

        assertThat(readLeniently(new ToldProblems()).get(WAIT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void whatWasToldIsForgottenBeforeItFillsTheMemory() {
        ToldProblems told = new ToldProblems();
        assertThat(told.isNew("first")).isTrue();
        assertThat(told.isNew("first")).isFalse();

        for (int i = 0; i < 1000; i++) {
            told.isNew("wrong " + i);
        }

        assertThat(told.isNew("first")).isTrue();
    }
}
