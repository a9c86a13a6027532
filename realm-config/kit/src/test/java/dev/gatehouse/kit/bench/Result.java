// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.util.List;
import java.util.Locale;

import dev.gatehouse.kit.bench.Bootstrap.Estimate;
import dev.gatehouse.kit.bench.Bootstrap.Pair;

/**
 * One line of the results.
 *
 * @param what what was measured
 * @param bound what it must be
 * @param measured what it is; why not, where it could not be run
 */
record Result(String what, String bound, String measured, Verdict verdict) {

    /** What came of it. */
    enum Verdict {
        MET("met"),
        MISSED("**missed**"),
        NOT_RUN("not run");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        private static Verdict of(boolean met) {
            return met ? MET : MISSED;
        }
    }

    static Result of(String what, String bound, String measured, boolean met) {
        return new Result(what, bound, measured, Verdict.of(met));
    }

    /** A ratio that must not exceed {@code most}, not even at the upper end of what chance can do. */
    static Result ofRatio(String what, double most, List<Pair> pairs) {
        Estimate ratio = Bootstrap.ratioOfMedians(pairs);
        return of(
                what + " (" + pairs.size() + " pairs)",
                String.format(Locale.ROOT, "at most %.2f", most),
                String.format(
                        Locale.ROOT,
                        "%.3f, upper 95 %% bound %.3f (medians %.1f and %.1f ms)",
                        ratio.value(),
                        ratio.upper(),
                        Bootstrap.median(pairs, Pair::with),
                        Bootstrap.median(pairs, Pair::without)),
                ratio.upper() <= most);
    }

    static Result notRun(String what, String bound, String why) {
        return new Result(what, bound, why, Verdict.NOT_RUN);
    }

    boolean missed() {
        return verdict == Verdict.MISSED;
    }

    String row() {
        return "| " + what + " | " + bound + " | " + measured + " | " + verdict.text + " |";
    }

    String sentence() {
        return what + ": must be " + bound + ", but is " + measured + ".";
    }
}
