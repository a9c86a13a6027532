// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rank-sum test of Wilcoxon, Mann and Whitney: whether the values of two samples tend to differ. */
final class RankSum {

    private record Value(double value, boolean first) {}

    private RankSum() {}

    /** The two-sided probability of a difference like this one by chance, by the normal approximation, ties corrected. */
    static double probability(List<Double> first, List<Double> second) {
        List<Value> all = new ArrayList<>();
        first.forEach(value -> all.add(new Value(value, true)));
        second.forEach(value -> all.add(new Value(value, false)));
        all.sort(Comparator.comparingDouble(Value::value));
        double ranks = 0;
        double ties = 0;
        for (int begin = 0; begin < all.size(); ) {
            int end = begin;
            while (end < all.size() && all.get(end).value() == all.get(begin).value()) {
                end++;
            }
            double rank = (begin + 1 + end) / 2.0;
            for (int i = begin; i < end; i++) {
                ranks += all.get(i).first() ? rank : 0;
            }
            double tied = end - begin;
            ties += tied * tied * tied - tied;
            begin = end;
        }
        double m = first.size();
        double n = second.size();
        double total = m + n;
        double mean = m * (total + 1) / 2;
        double variance = m * n / 12 * (total + 1 - ties / (total * (total - 1)));
        return variance == 0 ? 1 : Math.min(1, 2 * upperTail(Math.abs(ranks - mean) / Math.sqrt(variance)));
    }

    /** The probability of more than {@code z} in the normal distribution: Abramowitz and Stegun, 26.2.17. */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
    }
}
