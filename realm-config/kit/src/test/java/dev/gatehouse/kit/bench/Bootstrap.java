// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Says how much of a ratio is chance: it is worked out again and again from samples that are drawn from the measured
 * ones, and what it is in nearly all of them is its bound.
 *
 * <p>Pairs are drawn, not single values: what slowed the machine down slowed down both of a pair. The same pairs give
 * the same estimate.
 */
final class Bootstrap {

    private static final int ROUNDS = 2_000;
    private static final double CONFIDENCE = 0.95;
    private static final long SEED = 20_240_229;

    private Bootstrap() {}

    /** Two times that were measured one after the other. */
    record Pair(double with, double without) {}

    /**
     * A ratio.
     *
     * @param value as measured
     * @param upper which it does not exceed, with a confidence of 95 %
     */
    record Estimate(double value, double upper) {}

    /** The median of what was measured with something, over the median of what was measured without it. */
    static Estimate ratioOfMedians(List<Pair> pairs) {
        Random random = new Random(SEED);
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            List<Pair> drawn = random.ints(pairs.size(), 0, pairs.size())
                    .mapToObj(pairs::get)
                    .toList();
            ratios[round] = ratio(drawn);
        }
        Arrays.sort(ratios);
        return new Estimate(ratio(pairs), ratios[(int) Math.ceil(CONFIDENCE * ROUNDS) - 1]);
    }

    static double median(List<Pair> pairs, ToDoubleFunction<Pair> side) {
        double[] sorted = pairs.stream().mapToDouble(side).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double ratio(List<Pair> pairs) {
        return median(pairs, Pair::with) / median(pairs, Pair::without);
    }
}
