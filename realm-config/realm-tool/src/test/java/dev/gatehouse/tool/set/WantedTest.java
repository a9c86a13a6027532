// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.set;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.tool.report.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WantedTest {

    private static final List<Setting<?>> DECLARED = Declarations.allRealmSettings(WantedTest.class.getClassLoader());

    @Test
    void aPairIsSplitAtTheFirstEqualsSign() {
        assertThat(Wanted.of(List.of("gatehouse.mint.clients=a=b"), List.of(), DECLARED)
                        .values())
                .containsEntry("gatehouse.mint.clients", Optional.of("a=b"));
    }

    @Test
    void whatIsUnsetHasNoValue() {
        assertThat(Wanted.of(List.of("gatehouse.mint.clients="), List.of("gatehouse.limits.mode"), DECLARED)
                        .values())
                .containsEntry("gatehouse.mint.clients", Optional.of(""))
                .containsEntry("gatehouse.limits.mode", Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gatehouse.limits.mode|gatehouse.limits.mode: must be KEY=VALUE",
                "=observe|=observe: must be KEY=VALUE",
                "gatehouse.limits.mod=observe|gatehouse.limits.mod: the pack knows no such setting; --list shows all",
                "acme.colour=blue|acme.colour: the pack knows no such setting; --list shows all",
                "gatehouse.limits.mode=sometimes|gatehouse.limits.mode: is \"sometimes\" but must be ",
                "gatehouse.mint.maxLifetime=15|gatehouse.mint.maxLifetime: is \"15\" but must be a time from "
            })
    void whatThePackWouldNotAcceptIsRefused(String pair, String line) {
        assertThatThrownBy(() -> Wanted.of(List.of(pair), List.of(), DECLARED))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(line);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        assertThatThrownBy(() -> Wanted.of(
                        List.of("a", "b=1", "gatehouse.limits.mode=x"), List.of("gatehouse.limits.mode"), DECLARED))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.path())
                        .containsExactly("a", "gatehouse.limits.mode", "b"));
    }
}
