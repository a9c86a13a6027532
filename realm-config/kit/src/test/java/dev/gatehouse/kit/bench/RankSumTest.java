// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RankSumTest {

    private static List<Double> around(double middle, int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> middle + random.nextGaussian())
                .toList();
    }

    @Test
    void aKnownExampleHasItsKnownProbability() {
        // The ranks of the first are 34 in all, where 45.5 would be usual: 1.8675 standard deviations of 6.158.
        List<Double> first = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 9.0, 10.0);
        List<Double> second = List.of(6.0, 7.0, 8.0, 11.0, 12.0);

        assertThat(RankSum.probability(first, second)).isCloseTo(0.0618, within(0.0005));
        assertThat(RankSum.probability(second, first)).isCloseTo(RankSum.probability(first, second), within(1e-9));
    }

    @Test
    void whatIsTheSameDiffersByChanceOnly() {
        long surprises = IntStream.range(0, 200)
                .filter(seed -> RankSum.probability(around(10, 200, seed), around(10, 200, seed + 1000)) < 0.05)
                .count();

        assertThat(surprises).isBetween(1L, 25L);
    }

    @Test
    void aSmallDifferenceIsFoundInEnoughSamples() {
        assertThat(RankSum.probability(around(10, 200, 1), around(10.5, 200, 2)))
                .isLessThan(0.001);
    }

    @Test
    void valuesThatAreAllTheSameDoNotDiffer() {
        assertThat(RankSum.probability(List.of(1.0, 1.0), List.of(1.0, 1.0))).isEqualTo(1.0);
    }
}
