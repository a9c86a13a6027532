// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlowDifferenceTest {

    private static Flow flow(String alias, Step... steps) {
        return new Flow("id-" + alias, alias, "", Flow.BASIC, false, List.of(steps));
    }

    private static Step step(String provider, String requirement) {
        return step(provider, requirement, null);
    }

    private static Step step(String provider, String requirement, Step.@Nullable Config config) {
        return new Step("id-" + provider, provider, requirement, 0, config, null);
    }

    private static Step inner(Flow flow) {
        return new Step("", "", "REQUIRED", 0, null, flow);
    }

    private static Step.Config config(String alias, String key, String value) {
        return new Step.Config("id-" + alias, alias, Map.of(key, value));
    }

    @Test
    void theSameStepsAreNoDifferenceWhateverMarksAndFurtherOptionsThereAre() {
        Flow wanted = flow("a", inner(flow("b", step("x", "REQUIRED", config("c", "k", "v")))));
        Flow actual = flow(
                "a - being built",
                inner(flow(
                        "b - being built 2",
                        step(
                                "x",
                                "REQUIRED",
                                new Step.Config("", "c - being built", Map.of("k", "v", "operators", "own"))))));

        assertThat(FlowDifference.of(wanted, actual).none()).isTrue();
    }

    @Test
    void oneChangedStepIsEditedInPlace() {
        Flow wanted = flow("a", step("x", "REQUIRED"), step("y", "ALTERNATIVE"));
        Flow actual = flow("a", step("x", "DISABLED"), step("y", "ALTERNATIVE"));

        FlowDifference difference = FlowDifference.of(wanted, actual);

        assertThat(difference.lines()).containsExactly("~ flow \"a\", step x: DISABLED -> REQUIRED");
        assertThat(difference.inPlace().orElseThrow())
                .containsExactly(
                        new FlowDifference.Edit.Requirement("a", actual.steps().get(0), "REQUIRED"));
    }

    @Test
    void twoChangedStepsAreNotEditedOneAfterTheOther() {
        Flow wanted = flow("a", step("x", "REQUIRED"), step("y", "REQUIRED"));
        Flow actual = flow("a", step("x", "DISABLED"), step("y", "DISABLED"));

        assertThat(FlowDifference.of(wanted, actual).inPlace()).isEmpty();
    }

    @Test
    void otherStepsAndAnotherOrderAreToldAndNeverEdited() {
        FlowDifference more = FlowDifference.of(
                flow("a", step("x", "REQUIRED"), step("y", "REQUIRED")),
                flow("a", step("x", "REQUIRED"), step("z", "REQUIRED")));
        FlowDifference order = FlowDifference.of(
                flow("a", step("x", "REQUIRED"), step("y", "REQUIRED")),
                flow("a", step("y", "REQUIRED"), step("x", "REQUIRED")));

        assertThat(more.lines()).containsExactly("+ flow \"a\": step y", "- flow \"a\": step z");
        assertThat(more.inPlace()).isEmpty();
        assertThat(order.lines()).containsExactly("~ flow \"a\": order of steps: y, x -> x, y");
        assertThat(order.inPlace()).isEmpty();
    }

    @Test
    void anOptionThatChangesKeepsTheOptionsThatTheFileDoesNotName() {
        Flow wanted = flow("a", step("x", "REQUIRED", config("c", "k", "new")));
        Step actual = step("x", "REQUIRED", new Step.Config("id", "c", Map.of("k", "old", "operators", "own")));

        FlowDifference difference = FlowDifference.of(wanted, flow("a", actual));

        assertThat(difference.lines()).containsExactly("~ flow \"a\", step x: k: old -> new");
        assertThat(difference.inPlace().orElseThrow())
                .containsExactly(new FlowDifference.Edit.Configuration(
                        actual, new Step.Config("", "c", Map.of("k", "new", "operators", "own"))));
    }

    @Test
    void aFreeMarkIsNoneThatIsTaken() {
        assertThat(FlowName.freeMark("a", Set.of())).isEmpty();
        String first = FlowName.freeMark("a", Set.of("a"));
        String second = FlowName.freeMark("a", Set.of("a", "a" + first));

        assertThat(second).isNotEqualTo(first);
        assertThat(FlowName.plain("a" + first)).isEqualTo("a");
        assertThat(FlowName.plain("a" + second)).isEqualTo("a");
    }
}
