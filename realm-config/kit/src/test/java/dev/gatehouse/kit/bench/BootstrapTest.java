// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gatehouse.kit.bench.Bootstrap.Estimate;
import dev.gatehouse.kit.bench.Bootstrap.Pair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BootstrapTest {

    private static List<Pair> pairs(Pair... pairs) {
        return List.of(pairs);
    }

    /** Pairs whose true ratio is {@code ratio}, with noise of both and of each. */
    private static List<Pair> noisy(double ratio, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 60)
                .mapToObj(i -> {
                    double machine = 50 + 5 * Math.abs(random.nextGaussian());
                    return new Pair(
                            machine * ratio * (1 + 0.05 * random.nextGaussian()),
                            machine * (1 + 0.05 * random.nextGaussian()));
                })
                .toList();
    }

    @Test
    void theRatioIsThatOfTheMedians() {
        List<Pair> odd = pairs(new Pair(30, 10), new Pair(10, 1000), new Pair(20, 5));
        List<Pair> even = pairs(new Pair(30, 10), new Pair(10, 20));

        assertThat(Bootstrap.ratioOfMedians(odd).value()).isEqualTo(2.0);
        assertThat(Bootstrap.median(even, Pair::with)).isEqualTo(20.0);
        assertThat(Bootstrap.median(even, Pair::without)).isEqualTo(15.0);
    }

    @Test
    void whatNeverVariesHasNoRoomForChance() {
        List<Pair> same = Stream.generate(() -> new Pair(11, 10)).limit(20).toList();

        assertThat(Bootstrap.ratioOfMedians(same)).isEqualTo(new Estimate(1.1, 1.1));
    }

    @Test
    void ofTwoPairsTheBoundIsTheLargerOne() {
        // A quarter of all samples has the second pair only, so no bound that holds for 95 % of them is below it.
        List<Pair> two = pairs(new Pair(10, 10), new Pair(20, 10));

        assertThat(Bootstrap.ratioOfMedians(two)).isEqualTo(new Estimate(1.5, 2.0));
    }

    @Test
    void oneWildPairMovesNothing() {
        List<Pair> calm = noisy(1.0, 1);
        List<Pair> wild =
                Stream.concat(calm.stream(), Stream.of(new Pair(100_000, 50))).toList();

        assertThat(Bootstrap.ratioOfMedians(wild).value())
                .isCloseTo(Bootstrap.ratioOfMedians(calm).value(), within(0.02));
    }

    @Test
    void theSamePairsGiveTheSameEstimate() {
        assertThat(Bootstrap.ratioOfMedians(noisy(1.02, 7))).isEqualTo(Bootstrap.ratioOfMedians(noisy(1.02, 7)));
    }

    @Test
    void theBoundHoldsAboutAsOftenAsItSays() {
        long held = IntStream.range(0, 100)
                .filter(seed -> Bootstrap.ratioOfMedians(noisy(1.05, seed)).upper() >= 1.05)
                .count();

        assertThat(held).isBetween(89L, 99L);
    }
}
