// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A realm's rules for passwords, as Keycloak writes them: {@code length(12) and notUsername(undefined)}.
 *
 * @param rules what stands in the brackets, by name
 */
record PasswordPolicy(Map<String, String> rules) {

    static PasswordPolicy of(String text) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (String rule : text.split(" and ", -1)) {
            int open = rule.indexOf('(');
            String name = (open < 0 ? rule : rule.substring(0, open)).trim();
            if (!name.isEmpty()) {
                rules.put(name, open < 0 ? "" : rule.substring(open + 1).replaceAll("\\)\\s*$", ""));
            }
        }
        return new PasswordPolicy(rules);
    }

    Set<String> names() {
        return rules.keySet();
    }

    /** The number in the brackets of a rule; empty if there is none. */
    OptionalLong number(String rule) {
        String text = rules.getOrDefault(rule, "").trim();
        return text.matches("\\d{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
