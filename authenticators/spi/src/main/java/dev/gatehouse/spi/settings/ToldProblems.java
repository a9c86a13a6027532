// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the operator was told, so that a value that stays wrong is not told at every request that meets it. */
public final class ToldProblems {

    /** Who changes wrong values all day long gets some lines again. */
    private static final int MOST = 1000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Whether {@code sentence} is new; from now on it is not. */
    public boolean isNew(String sentence) {
        if (told.size() >= MOST) {
            told.clear();
        }
        return told.add(sentence);
    }
}
