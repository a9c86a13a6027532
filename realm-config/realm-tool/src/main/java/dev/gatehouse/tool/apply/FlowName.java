// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.Set;
import java.util.regex.Pattern;

/** Aliases of flows and configurations while a flow is built beside the one that it will replace. */
final class FlowName {

    private static final String MARK = " - being built";
    private static final Pattern MARKED = Pattern.compile(MARK + "( \\d+)?$");

    private FlowName() {}

    /** The alias without a mark. */
    static String plain(String alias) {
        return MARKED.matcher(alias).replaceFirst("");
    }

    /** The mark, or none, with which the alias is none of {@code taken}. */
    static String freeMark(String alias, Set<String> taken) {
        if (!taken.contains(alias)) {
            return "";
        }
        String mark = MARK;
        for (int i = 2; taken.contains(alias + mark); i++) {
            mark = MARK + " " + i;
        }
        return mark;
    }
}
