// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** A name that somebody typed, as counters know it: all ways to write one name are one. */
public final class TypedName {

    /** Longer ones are cut: nobody has such a name, and a counter's key must not cost more for them. */
    private static final int LONGEST = 512;

    /**
     * White space, controls, what shows nothing at all, and the marks above and below letters, which many databases do
     * not compare.
     */
    private static final Pattern IGNORED =
            Pattern.compile("[\\p{C}\\p{Z}\\p{Cntrl}\\p{Mn}\\u115F\\u1160\\u180E\\u3164\\uFFA0]+");

    private TypedName() {}

    /**
     * The one way to write {@code typed}: compatibility forms composed (UAX 15, NFKC), case folded, without what is
     * ignored. More names fall together than an account store takes for the same; a budget may be shared then, never
     * doubled.
     */
    public static String canonical(String typed) {
        // Before the cut: what surrounds a name must not push it out.
        String visible = IGNORED.matcher(typed).replaceAll("");
        String bounded = visible.length() > LONGEST ? visible.substring(0, LONGEST) : visible;
        String decomposed = Normalizer.normalize(bounded, Normalizer.Form.NFKD);
        String letters = IGNORED.matcher(decomposed).replaceAll("");
        // Up and down again: some letters have two small forms, such as the Greek sigma, or a capital one that is not
        // the one of its small form, such as the sharp s.
        String folded =
                letters.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}
